import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
beforeAll(async () => {
  house = await startTestApp();
  const model = {
    columns: [{ feature: 'industry', value: 'manufacturing', mean: 0, scale: 1 }],
    ...{ weights: [1], bias: 0, slope: 1 },
  };
  await sql`insert into learned_model (name, trained_at, state, won, lost, model)
    values ('opportunity', now(), 'on', 60, 60, ${JSON.stringify(model)}::jsonb)`.execute(house.services.db);
});
afterAll(() => house.stop());

test('what a customer is like is no reason told to whoever does not see him, though the business is his', async () => {
  const { administrator: boss } = house;
  const self = { actions: { read: 'self' } } as const;
  const seller = await house.person({ entities: { customer: self, opportunity: self } });
  const customer = await boss.create('customers', { name: '远在天边', industry: 'manufacturing' });
  const { id } = await boss.create('opportunities', { name: '甲', customer: customer.id, owner: seller.id });
  const because = async (who = boss) => (await who.get(`/opportunities/${id}/chance`)).body.chance.because;
  expect(await because()).toMatchObject([{ feature: 'industry' }]);
  expect(await because(seller)).toEqual([]);
});

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemContext } from '../../../../platform/context/services.ts';
import { type Person, startTestApp, type TestApp } from '../../../../platform/testing/app.ts';
import { agreement, ordered } from '../../testing/rebates.ts';
import { reckonRebates } from '../reckon/reckon.ts';

let house: TestApp;
let boss: Person;
let own: Person;
let other: Person;
const PATH = '/channel/mine/rebates';

/** A partner of the house, and one of its people. */
async function partner(name: string, username: string) {
  const customer = await boss.create('customers', { name: `${name}（伙伴）` });
  const { id } = await boss.create('partners', { name, customer: customer.id });
  const { body } = await boss.post(`/partners/${id}/invitePartnerPerson`, { name: `${name}的人`, username });
  await sql`update "user" set status = 'active' where id = ${body.id}`.execute(house.services.db);
  return { id, customer: customer.id, person: await house.keyFor(body.id) };
}

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  const north = await partner('北方代理', 'north1');
  own = north.person;
  other = (await partner('南方代理', 'south1')).person;
  await agreement(boss, {
    customer: north.customer,
    partner: north.id,
    name: '北方年度返利',
    period: 'year',
  });
  await agreement(boss, { name: '别家的返利' });
  await boss.create('rebate-agreements', {
    ...{ name: '还没谈定的返利', customer: north.customer, validFrom: '2026-01-01' },
  });
  const { id } = await ordered(boss, north.customer, '600');
  await reckonRebates(await systemContext(house.services, { kind: 'system' }), 'order', id);
});
afterAll(() => house?.stop());

test('a partner’s people see their own agreement, what has accrued and what is missing to the next tier', async () => {
  const { status, body } = await own.get(PATH);
  expect(status).toBe(200);
  expect(body.items).toMatchObject([
    {
      ...{ name: '北方年度返利', base: '600.00', amount: '6.00', rate: '1', open: '6.00', credit: '0.00' },
      next: { from: '1000', rate: '2', missing: '400.00' },
    },
  ]);
  expect(body.items[0]).not.toHaveProperty('customer');
});

test('nobody sees another’s: the other partner has none, the house asks on its own pages, and lists stay shut', async () => {
  expect((await other.get(PATH)).body).toEqual({ items: [] });
  expect((await boss.get(PATH)).status).toBe(403);
  for (const path of ['/rebates', '/rebate-agreements']) expect((await own.get(path)).status).not.toBe(200);
});

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Permissions } from '../../../platform/access/permissions.ts';
import { answerKey } from '../../../platform/analysis/store.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { answerAhead } from './ahead.ts';
import { questionOf } from './answer.ts';
import { resolve } from './source.ts';

let house: TestApp;
let boss: Person;
let own: Person;
const KINDS = [
  'opportunity',
  'customer',
  'contact',
  'stage',
  'pipeline',
  'product',
  'competitor',
  'lead',
  'quote',
];
const rights = (read: 'all' | 'self', fields?: Record<string, 'hidden'>): Permissions => ({
  entities: Object.fromEntries(
    KINDS.map((name) => [
      name,
      { actions: { read }, ...(name === 'opportunity' && fields ? { fields } : {}) },
    ]),
  ),
});

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  own = await house.person(rights('self'), { name: '赵磊' });
  await deal('一');
});
afterAll(() => house.stop());

async function deal(name: string): Promise<void> {
  const customer = await boss.create('customers', { name: `杭州${name}公司` });
  await boss.create('opportunities', {
    customer: customer.id,
    name,
    amount: { amount: '10', currency: 'CNY' },
  });
}
const source = { shipped: 'openPipeline' };
const count = async (who: Person, fresh = false): Promise<string> =>
  (await who.post('/analysis/answer', { source, ...(fresh ? { fresh } : {}) })).body.totals.all[1];

const keyFor = async (who: { id: string }) => {
  const ctx = await house.contextOf(who);
  return answerKey(ctx, questionOf(ctx, source, await resolve(ctx, house.services, source)));
};

test('the same rights over everything have one answer; whoever sees a part, or fewer fields, has another or none', async () => {
  const wide = await house.person(rights('all'), { name: '钱总' });
  const { roles } = (await boss.get(`/users/${wide.id}`)).body;
  const same = await boss.create('users', { name: '孙总', roles: roles.map(({ id }: { id: string }) => id) });
  await sql`update "user" set status = 'active' where id = ${same.id}`.execute(house.services.db);
  const blind = await house.person(rights('all', { amount: 'hidden' }), { name: '李总' });
  const [one, two, other] = [await keyFor(wide), await keyFor(same), await keyFor(blind)];
  expect([one.common, other.common, (await keyFor(own)).common]).toEqual([true, true, false]);
  expect([two.key === one.key, other.key === one.key]).toEqual([true, false]);
  const narrow = { ...rights('all').entities, customer: { actions: { read: 'self' } } } as const;
  expect((await keyFor(await house.person({ entities: narrow }, { name: '周半' }))).common).toBe(false);
});

test('by night answers are kept for all with the same rights, told with their age, and worked out anew behind it', async () => {
  expect((await answerAhead(house.services, { keep: true })).worked).toBeGreaterThan(5);
  const { rows } = await sql<{ key: string }>`select key from analysis_answer
    where user_id is null`.execute(house.services.db);
  expect(rows.map(({ key }) => key)).toContain((await keyFor(boss)).key);
  await deal('二');
  expect(await count(boss)).toBe('1');
  await sql`update analysis_answer set answer = answer || '{"at": "2020-01-01T00:00:00Z"}'`.execute(
    house.services.db,
  );
  const { at, refreshing, totals } = (await boss.post('/analysis/answer', { source })).body;
  expect([at, refreshing, totals.all[1]]).toEqual(['2020-01-01T00:00:00Z', true, '1']);
  // Whoever sees a part is told his own part, whatever is kept for others; and who asks anew is told the truth.
  expect(await count(own)).toBe('0');
  expect(await count(boss, true)).toBe('2');
});

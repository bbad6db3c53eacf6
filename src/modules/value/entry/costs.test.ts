import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Context } from '../../../platform/context/context.ts';
import { systemContext } from '../../../platform/context/services.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { dateIn } from '../../../platform/time/instant.shared.ts';
import { standingsOf } from '../rules/phase.ts';
import { deriveCosts } from './derive.ts';
import { deriveFrom } from './follow.ts';

let house: TestApp;
let admin: Person;
let seller: Person;
let today: string;
let n = 0;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  today = dateIn('Asia/Shanghai', (await house.context()).now);
  const own = { actions: { read: 'self', create: 'self', update: 'self', delete: 'self' } } as const;
  seller = await house.person({ entities: { customer: own, costEntry: own, visit: own, activity: own } });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await sql`delete from cost_rule`.execute(house.services.db);
});
afterAll(() => house.stop());

const customer = async (more: object = {}) =>
  (await admin.create('customers', { name: `成本客户${++n}`, owner: seller.id, ...more })).id;
const money = (amount: string, currency = 'CNY') => ({ amount, currency });
const entry = (id: string, more: object = {}) =>
  seller.create('cost-entries', { subject: '样品', customer: id, amount: money('120'), day: today, ...more });
const costs = async (id: string) => {
  await house.follow();
  const filter = encodeURIComponent(JSON.stringify({ field: 'customer', op: 'eq', value: id }));
  return (await admin.get(`/cost-entries?filter=${filter}&sort=day`)).body.items;
};
const visited = async (id: string, date = today) => {
  const visit = await admin.create('visits', { objective: '看产线', customer: id, date, owner: seller.id });
  expect((await admin.post(`/visits/${visit.id}/finish`, { minutes: '谈了交期' })).status).toBe(200);
  return visit.id;
};
const system = (): Promise<Context> => systemContext(house.services, { kind: 'system' });

describe('by hand', () => {
  test('a cost is somebody’s, and of the beginning unless told', async () => {
    const made = await entry(await customer());
    expect(made).toMatchObject({
      phase: 'initial',
      kind: 'other',
      person: { id: seller.id },
      source: null,
      number: expect.stringMatching(/^CB-/),
    });
    expect(await entry(await customer(), { phase: 'ending' })).toMatchObject({ phase: 'ending' });
  });

  test.each([
    [money('-0.01'), 'cost_amount'],
    [money('10', 'USD'), 'cost_currency'],
  ])('%j is refused', async (amount, code) => {
    const body = { subject: '错', customer: await customer(), day: today, amount };
    const answer = await seller.post('/cost-entries', body);
    expect([answer.status, answer.body.errors[0].code]).toEqual([422, code]);
  });
});

describe('by rule', () => {
  test('a visit costs once, when it has been made, and nothing when it was not', async () => {
    const id = await customer();
    const visit = await visited(id);
    const [one, ...more] = await costs(id);
    expect(one).toMatchObject({
      kind: 'visit',
      source: 'visit',
      amount: money('110.00'),
      day: today,
      person: { id: seller.id },
      phase: 'initial',
    });
    // The follow-up it became is the same visit.
    expect(more).toEqual([]);
    await admin.post(`/visits/${visit}/reopen`);
    expect(await costs(id)).toEqual([]);
    await admin.post(`/visits/${visit}/finish`, { minutes: '又谈' });
    expect(await costs(id)).toHaveLength(1);
    await admin.post(`/visits/${visit}/reopen`);
    await admin.post(`/visits/${visit}/cancel`);
    expect(await costs(id)).toEqual([]);
  });

  test('a check-in tells how long it took, by the rate of the department', async () => {
    const head = await house.department('总部');
    const shop = await house.department('门店', head);
    await admin.patch(`/users/${seller.id}`, { department: shop });
    const rules = (await admin.get('/value/rules')).body;
    const saved = await admin.put('/value/rules', {
      from: '2026-01-01',
      rules: { ...rules.rules, departments: [{ department: head, hourly: '120' }] },
    });
    expect(saved.status).toBe(200);
    const id = await customer();
    const visit = await visited(id);
    await sql`update visit set checked_in_at = done_at - interval '89 minutes 10 seconds' where id = ${visit}`.execute(
      house.services.db,
    );
    await admin.patch(`/visits/${visit}`, { objective: '看产线二' });
    expect(await costs(id)).toMatchObject([{ amount: money('230.00') }]);
    // Written down the next day says nothing of how long it took.
    await sql`update visit set checked_in_at = done_at - interval '20 hours' where id = ${visit}`.execute(
      house.services.db,
    );
    await admin.patch(`/visits/${visit}`, { objective: '看产线三' });
    expect(await costs(id)).toMatchObject([{ amount: money('170.00') }]);
  });

  test('a visit only noted as a follow-up costs too, once whichever way it becomes known', async () => {
    const id = await customer();
    const noted = await seller.create('activities', {
      customer: id,
      kind: 'visit',
      subject: '顺路拜访',
      occurredAt: '2026-03-01T02:00:00Z',
    });
    expect(await costs(id)).toMatchObject([
      { source: 'notedVisit', day: '2026-03-01', amount: money('110.00') },
    ]);
    await admin.patch(`/activities/${noted.id}`, { kind: 'call' });
    expect(await costs(id)).toEqual([]);
    // What a deleted visit became still happened.
    const visit = await visited(id);
    await admin.delete(`/visits/${visit}`);
    expect(await costs(id)).toMatchObject([{ source: 'notedVisit' }]);
    await admin.post(`/visits/${visit}/restore`);
    expect(await costs(id)).toMatchObject([{ source: 'visit' }]);
  });

  test('gifts and hospitality cost what they were, once approved', async () => {
    const id = await customer();
    const spend = async (kind: string, amount: string) =>
      (
        await admin.create('hospitalities', {
          subject: '中秋',
          customer: id,
          kind,
          amount: money(amount),
          date: today,
          spentBy: seller.id,
        })
      ).id;
    const [gift, meal] = [await spend('gift', '88.80'), await spend('meal', '300')];
    expect(await costs(id)).toEqual([]);
    await admin.post(`/hospitalities/${gift}/submit`);
    await admin.post(`/hospitalities/${meal}/submit`);
    await admin.post(`/hospitalities/${meal}/pay`);
    const told = (await costs(id)).map(({ kind, amount }: { kind: string; amount: object }) => [
      kind,
      amount,
    ]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['gift', money('88.80')],
        ['hospitality', money('300.00')],
      ]),
    );
    expect(told).toHaveLength(2);
  });

  test('a run again, or two at once, enters nothing twice', async () => {
    const id = await customer();
    const visit = await visited(id);
    const ctx = await system();
    const source = ctx.costs.find(({ name }) => name === 'visit');
    if (!source) throw new Error('no source');
    const runs = await Promise.all([1, 2, 3].map(() => deriveCosts(ctx, source, [visit])));
    expect(runs.sort()).toEqual([0, 0, 1]);
    expect(await costs(id)).toHaveLength(1);
    await deriveFrom(ctx, '0001-01-01');
    expect(await deriveFrom(ctx, '0001-01-01')).toBe(0);
  });

  test('a cost is its cause’s, and cannot be changed by itself', async () => {
    const id = await customer();
    await visited(id);
    const [{ id: cost }] = await costs(id);
    const changed = await seller.patch(`/cost-entries/${cost}`, { amount: money('1') });
    expect([changed.status, changed.body.errors[0].code]).toEqual([422, 'cost_by_rule']);
    const gone = await seller.delete(`/cost-entries/${cost}`);
    expect([gone.status, gone.body.code]).toEqual([409, 'cost_by_rule']);
    expect((await admin.get(`/value/cause/${cost}`)).body).toMatchObject({
      entity: 'visit',
      title: '看产线',
    });
  });

  test('the name of a cause is told to those who see it', async () => {
    const id = await customer();
    await visited(id);
    const [{ id: cost }] = await costs(id);
    const bookkeeper = await house.person({
      entities: { customer: { actions: { read: 'all' } }, costEntry: { actions: { read: 'all' } } },
    });
    expect((await bookkeeper.get(`/value/cause/${cost}`)).body).toMatchObject({
      entity: 'visit',
      title: null,
    });
    const stranger = await house.person({ entities: { costEntry: { actions: { read: 'self' } } } });
    expect((await stranger.get(`/value/cause/${cost}`)).status).toBe(404);
  });

  test('costs go with their customer and come back with it', async () => {
    const id = await customer();
    await visited(id);
    expect(await costs(id)).toHaveLength(1);
    await admin.delete(`/customers/${id}`);
    expect(await costs(id)).toEqual([]);
    await admin.post(`/customers/${id}/restore`);
    expect(await costs(id)).toHaveLength(1);
  });

  test('two customers that become one have both their costs', async () => {
    const [into, from] = [await customer(), await customer()];
    await visited(into);
    await visited(from);
    await house.follow();
    const merged = await admin.post('/customers/merge', { into, ids: [from] });
    expect(merged.status).toBeLessThan(300);
    expect(await costs(into)).toHaveLength(2);
    expect(await costs(from)).toEqual([]);
  });
});

describe('the rules', () => {
  test('are the administrator’s, hold from a day, and leave what was before', async () => {
    const id = await customer();
    await visited(id, '2026-05-31');
    await visited(id, '2026-06-01');
    await house.follow();
    const { rules, sources } = (await admin.get('/value/rules')).body;
    expect(sources.map(({ name }: { name: string }) => name)).toEqual([
      'visit',
      'notedVisit',
      'hospitality',
      'trial',
    ]);
    expect((await seller.get('/value/rules')).status).toBe(403);
    const next = { ...rules, sources: { ...rules.sources, visit: { ...rules.sources.visit, each: '500' } } };
    expect((await seller.put('/value/rules', { from: '2026-06-01', rules: next })).status).toBe(403);
    const saved = await admin.put('/value/rules', { from: '2026-06-01', rules: next });
    expect(saved.body.jobId).toEqual(expect.any(String));
    await deriveFrom(await system(), '2026-06-01');
    const amounts = (await costs(id)).map(({ amount }: { amount: { amount: string } }) =>
      Number(amount.amount),
    );
    expect(amounts).toEqual([110, 560]);
    const earlier = await admin.put('/value/rules', { from: '2026-05-01', rules: next });
    expect(earlier.body.errors).toMatchObject([{ path: 'from', code: 'cost_rules_later' }]);
    // Switched off, the costs of that source go.
    next.sources.visit.active = false;
    await admin.put('/value/rules', { from: '2026-06-01', rules: next });
    await deriveFrom(await system(), '2026-06-01');
    expect(await costs(id)).toMatchObject([{ day: '2026-05-31' }]);
  });

  test('of a department that is none are refused', async () => {
    const { rules } = (await admin.get('/value/rules')).body;
    const departments = [{ department: admin.id, hourly: '1' }];
    const answer = await admin.put('/value/rules', { from: today, rules: { ...rules, departments } });
    expect(answer.body.errors).toMatchObject([{ path: 'rules.departments.0.department' }]);
  });
});

describe('the time of the relation', () => {
  const standing = async (id: string, day: string, ctx?: Context) =>
    (await standingsOf(ctx ?? (await system()), [{ customer: id, day }]))[0];
  const days = (count: number) => Temporal.PlainDate.from(today).add({ days: count }).toString();

  test('is what it was as the day began: later moves change nothing', async () => {
    const id = await customer();
    const { db } = house.services;
    await sql`insert into lifecycle_model (code, active, definition) values ('relation', true, '{"stages": [{"value": "cultivate"}], "moves": []}')
      on conflict (code) do update set active = true`.execute(db);
    const move = (from: string | null, to: string, at: string) =>
      sql`insert into stage_change (model, customer_id, from_stage, to_stage, cause, at)
        values ('relation', ${id}, ${from}, ${to}, 'rule', ${at}::timestamptz)`.execute(db);
    await move(null, 'cultivate', '2026-03-01T16:00:00Z');
    await move('cultivate', 'trust', '2026-04-10T04:00:00Z');
    await move('trust', 'lost', '2026-05-10T04:00:00Z');
    const stages = await Promise.all(
      // It is 00:00 of 2 March in Shanghai when the first is entered: nobody had looked before.
      ['2026-03-02', '2026-03-03', '2026-04-10', '2026-04-11', '2026-05-11'].map(
        async (day) => (await standing(id, day))?.relation,
      ),
    );
    expect(stages).toEqual([null, 'cultivate', 'cultivate', 'trust', 'lost']);
    await visited(id, '2026-04-11');
    await visited(id, '2026-05-11');
    expect((await costs(id)).map(({ phase }: { phase: string }) => phase)).toEqual(['upkeep', 'ending']);
    await sql`update lifecycle_model set active = false`.execute(db);
    expect(await standing(id, '2026-04-11')).toMatchObject({ relation: null });
  });

  test('ends the day after a customer was let go, until it is taken up again', async () => {
    const id = await customer();
    await admin.post(`/customers/${id}/abandon`, { reason: '一直亏' });
    expect(await standing(id, today)).toMatchObject({ givenUp: false });
    expect(await standing(id, days(1))).toMatchObject({ givenUp: true });
    const later = Temporal.Now.instant().add({ hours: 48 });
    vi.spyOn(Temporal.Now, 'instant').mockReturnValue(later);
    expect((await admin.post(`/customers/${id}/reinstate`, { reason: '重新合作' })).status).toBe(200);
    expect(await standing(id, days(2))).toMatchObject({ givenUp: true });
    expect(await standing(id, days(3))).toMatchObject({ givenUp: false });
  });

  test('is upkeep once something was won', async () => {
    const id = await customer();
    const first = () => sql`select ${id}::uuid as id, timestamptz '2026-02-10T04:00:00Z' as at`;
    const ctx = await system();
    const won = {
      ...ctx,
      ownership: { ...ctx.ownership, wins: [{ entity: 'customer', last: first, first }] },
    };
    expect(await standing(id, '2026-02-10', won)).toMatchObject({ won: false });
    expect(await standing(id, '2026-02-11', won)).toMatchObject({ won: true });
  });
});

import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemContext } from '../../../platform/context/services.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { learnLeads } from './learn.ts';

let house: TestApp;
let admin: Person;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
beforeEach(async () => {
  for (const table of ['lead_score_rule', 'lead', 'learned_model'])
    await sql`delete from ${sql.table(table)}`.execute(house.services.db);
});
afterAll(() => house.stop());

const rule = (values: object) =>
  admin.create('lead-score-rules', { name: `规则${Math.random()}`, ...values });
const lead = (values: object = {}) => admin.create('leads', { name: '来客', ...values });
const why = async (id: string, who = admin) => (await who.get(`/leads/${id}/score`)).body;
const facts = async (id: string) => {
  await house.follow();
  return (await admin.get(`/leads/${id}`)).body;
};
const learn = async () => learnLeads(await systemContext(house.services, { kind: 'job' }));

test('rules give points for what is known and for each contact, and each says so', async () => {
  await rule({ name: '展会', points: 20, condition: { field: 'source', op: 'eq', value: 'exhibition' } });
  await rule({ name: '没有电话', points: -15, condition: { field: 'phone', op: 'empty' } });
  await rule({ name: '拜访', counts: 'each', events: ['visit'], points: 10 });
  const { id } = await lead({ source: 'exhibition' });
  for (const content of ['一', '二']) await admin.create('activities', { lead: id, kind: 'visit', content });
  await admin.create('activities', { lead: id, kind: 'note', content: '三' });
  expect((await why(id)).points).toEqual([
    { rule: '展会', points: 20 },
    { rule: '拜访', points: 20 },
    { rule: '没有电话', points: -15 },
  ]);
  expect(await facts(id)).toMatchObject({ score: 25, chance: null });
});

test('half of the points are left after the days a rule says', async () => {
  await rule({ points: 40, halfLife: 10 });
  await rule({ counts: 'each', events: ['call'], points: 16, halfLife: 5 });
  const { id } = await lead();
  await sql`update lead set received_at = now() - interval '20 days' where id = ${id}`.execute(
    house.services.db,
  );
  const occurredAt = Temporal.Now.instant().subtract({ hours: 120 }).toString();
  await admin.create('activities', { lead: id, kind: 'call', content: '聊了聊', occurredAt });
  expect((await why(id)).points.map(({ points }: { points: number }) => points)).toEqual([10, 8]);
});

test('a rule nobody understands is refused', async () => {
  const refused = await admin.post('/lead-score-rules', {
    name: '错',
    points: 1,
    condition: { field: 'colour', op: 'eq', value: 1 },
  });
  expect(refused.body.errors).toMatchObject([{ code: 'unknown_field' }]);
});

test('with few outcomes the model is off and says what is missing', async () => {
  const { id } = await lead();
  expect(await learn()).toEqual({ state: 'few' });
  expect(await why(id)).toMatchObject({ chance: null, model: { state: 'few', won: 0, lost: 0, needed: 50 } });
  expect((await admin.get('/leads/model')).body).toMatchObject({ state: 'few', quality: null });
});

test('with enough it says how likely a lead is converted, and why', async () => {
  await sql`insert into lead (name, source, company, remark, status, received_at)
    select 'n' || i, case when i % 2 = 0 then 'exhibition' else 'advertising' end, case when i % 3 = 0 then '云栖' end,
      repeat('想', i % 7), case when (i % 2 = 0) = (i % 10 < 8) then 'converted' else 'disqualified' end,
      now() - make_interval(hours => 900 - i) from generate_series(1, 800) as i`.execute(house.services.db);
  const [good, bad] = [await lead({ source: 'exhibition' }), await lead({ source: 'advertising' })];
  expect(await learn()).toEqual({ state: 'on' });
  const card = (await admin.get('/leads/model')).body;
  expect(card.quality.auc).toBeGreaterThan(0.7);
  expect(card.quality.calibration.length).toBeGreaterThan(3);
  const { chance } = await why(good.id);
  expect(chance.because[0]).toMatchObject({ feature: 'source', weight: expect.any(Number) });
  expect(chance.because[0].weight).toBeGreaterThan(0);
  const [likely, unlikely] = [await facts(good.id), await facts(bad.id)];
  expect(likely.chance).toBe(chance.percent);
  expect(likely.chance).toBeGreaterThan((unlikely.chance as number) + 20);
});

test('who may not see a field is not told it as a reason, nor the model without the right', async () => {
  const hidden = await house.person({
    entities: { lead: { actions: { read: 'all' }, fields: { chance: 'hidden' } } },
  });
  const { id } = await lead();
  expect((await hidden.get(`/leads/${id}/score`)).status).toBe(403);
  expect((await hidden.get('/leads/model')).status).toBe(403);
  expect((await hidden.post('/leads/model')).status).toBe(403);
});

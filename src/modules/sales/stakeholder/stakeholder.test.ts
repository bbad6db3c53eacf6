import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EntityPermission } from '../../../platform/access/permissions.ts';
import { runShipped, type ShippedReport } from '../../../platform/analysis/shipped.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let boss: Person;
const ids: Record<string, string> = {};

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  ids.customer = (await boss.create('customers', { name: '湖滨机械' })).id;
  const person = async (name: string, values: object = {}) =>
    (await boss.create('contacts', { name, customer: ids.customer, ...values })).id;
  ids.chief = await person('沈总', { decisionRole: 'decider', attitude: 'neutral' });
  ids.friend = await person('叶工', { decisionRole: 'champion', attitude: 'support' });
  ids.clerk = await person('小何');
  ids.business = (await boss.create('opportunities', { name: '改造', customer: ids.customer })).id;
});
afterAll(() => house.stop());

const cover = async (who: Person = boss) => (await who.get(`/opportunities/${ids.business}/cover`)).body;

test('what is known of a person in general is what his part begins with, and gaps follow', async () => {
  expect(await cover()).toMatchObject({ people: [], gaps: ['nobody'] });
  const named = (await cover()).suggestions.map(({ id }: { id: string }) => id);
  expect(named.toSorted()).toEqual([ids.chief, ids.friend].toSorted());
  const chief = await boss.create('stakeholders', { opportunity: ids.business, contact: ids.chief });
  expect(chief).toMatchObject({ role: 'decider', stance: 'neutral', customer: { id: ids.customer } });
  expect((await cover()).gaps).toEqual(['noChampion', 'silentDecider', 'unknown', 'onlyOne']);
  await boss.create('stakeholders', { opportunity: ids.business, contact: ids.friend });
  await boss.create('activities', {
    kind: 'call',
    content: '谈了预算',
    customer: ids.customer,
    contacts: [ids.chief],
  });
  expect(await cover()).toMatchObject({ gaps: [], suggestions: [] });
  const twice = await boss.post('/stakeholders', { opportunity: ids.business, contact: ids.chief });
  expect(twice.status).toBe(409);
  await boss.patch(`/stakeholders/${chief.id}`, { stance: 'against' });
  expect((await cover()).gaps).toEqual(['against']);
});

test('what binds those who take part is told to who may see ties', async () => {
  await boss.create('ties', { from: ids.chief, to: ids.friend, kind: 'superior', direction: 'forward' });
  await boss.create('ties', { from: ids.chief, to: ids.clerk, kind: 'friend' });
  const { ties } = await cover();
  expect(ties).toMatchObject([{ from: { title: '沈总' }, to: { title: '叶工' }, kind: 'superior' }]);
  const all = { actions: { read: 'all' } } as const;
  const blind = await house.person({
    entities: { opportunity: all, stakeholder: all, contact: all, customer: all },
  });
  expect((await cover(blind)).people).toHaveLength(2);
  expect((await cover(blind)).ties).toEqual([]);
});

test('what its writer may not see of a person is not told to him as a part in business', async () => {
  const all = { read: 'all', create: 'all', update: 'all' } as const;
  const writer = await house.person({
    entities: {
      customer: { actions: all },
      contact: { actions: all, fields: { attitude: 'hidden', decisionRole: 'masked' } },
      opportunity: { actions: all },
      stakeholder: { actions: all },
    },
  });
  const business = (await boss.create('opportunities', { name: '扩建', customer: ids.customer })).id;
  const part = await writer.create('stakeholders', { opportunity: business, contact: ids.chief });
  expect(part).toMatchObject({ role: null, stance: null });
});

test('business out of sight tells nothing of its people; who may not see people is told of none', async () => {
  const stranger = await house.person({ entities: { opportunity: { actions: { read: 'self' } } } });
  expect((await stranger.get(`/opportunities/${ids.business}/cover`)).status).toBe(404);
  const blind = await house.person({ entities: { opportunity: { actions: { read: 'all' } } } });
  expect(await cover(blind)).toEqual({ people: [], suggestions: [], gaps: [], ties: [] });
});

test('whoever decides is silent by the company’s days, not by those of Greenwich', async () => {
  const { id } = await boss.create('opportunities', { name: '晨访', customer: ids.customer });
  const early = await boss.create('contacts', { name: '早总', customer: ids.customer });
  await boss.create('stakeholders', { opportunity: id, contact: early.id, role: 'decider' });
  // At seven in the morning it is still the day before in Greenwich.
  const day = Temporal.PlainDate.from(dayOf(await house.context())).subtract({ days: 30 });
  await boss.create('activities', {
    ...{ kind: 'call', content: '早', customer: ids.customer, contacts: [early.id] },
    occurredAt: `${day}T07:00:00+08:00`,
  });
  expect((await boss.get(`/opportunities/${id}/cover`)).body.gaps).not.toContain('silentDecider');
});

test('how business against a competitor ends is told of what the reader sees', async () => {
  const competitor = (await boss.create('competitors', { name: '远山' })).id;
  const stages = (await boss.get('/stages?sort=position')).body.items;
  const stage = (outcome: string) => stages.find((each: { outcome: string }) => each.outcome === outcome).id;
  const make = (values: object) =>
    boss.create('opportunities', {
      name: '比价',
      customer: ids.customer,
      competitors: [competitor],
      amount: { amount: '100.10', currency: 'CNY' },
      ...values,
    });
  await make({ stage: stage('won') });
  await make({ stage: stage('won') });
  await make({ stage: stage('lost'), reason: 'price' });
  await make({});
  expect((await boss.get(`/competitors/${competitor}/record`)).body.record).toEqual({
    won: 2,
    lost: 1,
    open: 1,
    rate: 67,
    wonAmount: '200.20',
    lostAmount: '100.10',
    reasons: [{ reason: 'price', count: 1 }],
  });
  const report = house.services.shippedReports.find(({ name }) => name === 'versus');
  const told = await runShipped(await house.context(), report as ShippedReport, {});
  expect(told.lines.map(({ keys, total }) => [keys[0]?.label, ...total.slice(1, 3)])).toEqual([
    ['远山', '2', '1'],
  ]);
  const rights = (opportunity: EntityPermission) => ({
    entities: { competitor: { actions: { read: 'all' } as const }, opportunity },
  });
  const seller = await house.person(rights({ actions: { read: 'self' } }));
  expect((await seller.get(`/competitors/${competitor}/record`)).body.record).toMatchObject({
    won: 0,
    rate: null,
  });
  const blind = await house.person(rights({ actions: { read: 'all' }, fields: { amount: 'hidden' } }));
  expect((await blind.get(`/competitors/${competitor}/record`)).body.record).toMatchObject({
    won: 2,
    wonAmount: null,
  });
});

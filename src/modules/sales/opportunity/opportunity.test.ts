import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let admin: Person;
const stages = new Map<string, string>();

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  for (const { id, code } of (await admin.get('/stages?sort=position')).body.items) stages.set(code, id);
});
afterAll(() => house.stop());

const own = { actions: { read: 'self', create: 'self', update: 'self' } } as const;
const all = { actions: { read: 'all' } } as const;
const salesperson = () =>
  house.person({
    entities: { customer: own, opportunity: own, stage: all, pipeline: all, product: all, user: all },
  });

const made = async (path: string, values: object, by = admin) => {
  const { status, body } = await by.post(path, values);
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
};
const change = (record: { id: string; version: number }, values: object, by = admin) =>
  by.send('PATCH', `/opportunities/${record.id}`, values, { 'if-match': `"${record.version}"` });
const steps = async (id: string) =>
  (await admin.get(`/opportunities/${id}/steps`)).body.map(
    ({ stage, status, amount, day }: Record<string, string>) => [stage, status, amount, day],
  );

test('begins in the first stage, named by whom and what it is for', async () => {
  const customer = await made('/customers', { name: '杭州云栖机械有限公司' });
  const product = await made('/products', { name: '主轴' });
  const opportunity = await made('/opportunities', { customer: customer.id, products: [product.id] });
  expect(opportunity).toMatchObject({
    name: '杭州云栖机械有限公司 · 主轴',
    number: expect.stringMatching(/^SJ-/),
    stage: { title: '初步接触' },
    pipeline: { title: '标准销售流程' },
    status: 'open',
    probability: 10,
    closedOn: null,
  });
  expect(opportunity.startedOn).toBe(opportunity.stageSince);
});

test('a stage asks for its facts, by name', async () => {
  const opportunity = await made('/opportunities', { name: '改造' });
  const refused = await change(opportunity, { stage: stages.get('Proposal') });
  expect(refused.status).toBe(422);
  expect(refused.body.errors.map(({ path, code }: { path: string; code: string }) => [path, code])).toEqual([
    ['customer', 'stage_needs'],
    ['amount', 'stage_needs'],
    ['closeDate', 'stage_needs'],
  ]);
  expect((await admin.get(`/opportunities/${opportunity.id}`)).body.stage.title).toBe('初步接触');
  const customer = await made('/customers', { name: '改造客户' });
  const facts = {
    customer: customer.id,
    amount: { amount: '120000', currency: 'CNY' },
    closeDate: '2026-12-31',
  };
  const moved = await change(opportunity, { stage: stages.get('Proposal'), ...facts });
  expect(moved.body).toMatchObject({ stage: { title: '方案报价' }, probability: 50 });
});

test('a superior may let it pass, a salesperson not', async () => {
  const person = await salesperson();
  const customer = await made('/customers', { name: '放行客户' }, person);
  const opportunity = await made('/opportunities', { customer: customer.id, name: '急单' }, person);
  const asked = { stage: stages.get('Proposal'), exception: '老客户，先报价' };
  const refused = await change(opportunity, asked, person);
  expect([refused.status, refused.body.errors[0]]).toMatchObject([
    422,
    { path: 'exception', code: 'exception_forbidden' },
  ]);
  expect((await change(opportunity, asked)).body).toMatchObject({
    stage: { title: '方案报价' },
    exception: '老客户，先报价',
  });
});

test('won, lost and open again; every step is written down', async () => {
  const customer = await made('/customers', { name: '步步客户' });
  const opportunity = await made('/opportunities', {
    customer: customer.id,
    name: '三步',
    amount: { amount: '1000', currency: 'CNY' },
  });
  const today = opportunity.startedOn;
  const lost = await change(opportunity, { stage: stages.get('Lost'), reason: 'price' });
  expect(lost.body).toMatchObject({ status: 'lost', probability: 0, closedOn: today, reason: 'price' });
  const open = await change(lost.body, { stage: stages.get('Engaging') });
  expect(open.body).toMatchObject({ status: 'open', probability: 30, closedOn: null, reason: null });
  const dearer = await change(open.body, { amount: { amount: '1500', currency: 'CNY' } });
  const won = await change(dearer.body, { stage: stages.get('Won') });
  expect(won.body).toMatchObject({ status: 'won', probability: 100, closedOn: today });
  const corrected = await change(won.body, { closeDate: '2026-01-15' });
  expect(corrected.body).toMatchObject({ closedOn: '2026-01-15', status: 'won' });
  expect((await change(corrected.body, { closeDate: null })).body.errors).toMatchObject([
    { path: 'closeDate', code: 'required' },
  ]);
  expect((await steps(opportunity.id)).slice(0, 5)).toEqual([
    ['初步接触', 'open', '1000', today],
    ['输单', 'lost', '1000', today],
    ['需求沟通', 'open', '1000', today],
    ['需求沟通', 'open', '1500', today],
    ['赢单', 'won', '1500', today],
  ]);
});

test('two who move one card: the second sees how it stands', async () => {
  const customer = await made('/customers', { name: '双人客户' });
  const opportunity = await made('/opportunities', { customer: customer.id, name: '双人' });
  expect((await change(opportunity, { stage: stages.get('Engaging') })).status).toBe(200);
  const late = await change(opportunity, { stage: stages.get('Lost'), reason: 'price' });
  expect([late.status, late.body.code, late.body.current.stage.title]).toEqual([
    412,
    'version_conflict',
    '需求沟通',
  ]);
});

test('the board adds up what the caller may see', async () => {
  const [one, other] = [await salesperson(), await salesperson()];
  const stage = stages.get('Engaging');
  for (const [who, amount, currency = 'CNY'] of [
    [one, '100'],
    [one, '250.50'],
    [one, '7', 'GBP'],
    [other, '9999'],
  ] as [Person, string, string?][]) {
    const customer = await made('/customers', { name: `看板客户${amount}` }, who);
    await made(
      '/opportunities',
      { customer: customer.id, name: `看板${amount}`, stage, amount: { amount, currency } },
      who,
    );
  }
  const column = (await one.get('/opportunities/board')).body.columns.find(
    ({ id }: { id: string }) => id === stage,
  );
  expect(column).toMatchObject({ name: '需求沟通', total: 3, sum: '350.50', weighted: '105.15', unrated: 1 });
  expect(column.items.map(({ name }: { name: string }) => name).sort()).toEqual([
    '看板100',
    '看板250.50',
    '看板7',
  ]);
});

test('stages in use stay, and keep their outcome', async () => {
  const { body: stage } = await admin.get(`/stages/${stages.get('Prospecting')}`);
  const gone = await admin.send('DELETE', `/stages/${stage.id}`, undefined, {
    'if-match': `"${stage.version}"`,
  });
  expect([gone.status, gone.body.code]).toEqual([409, 'stage_in_use']);
  const turned = await admin.send(
    'PATCH',
    `/stages/${stage.id}`,
    { outcome: 'won' },
    { 'if-match': `"${stage.version}"` },
  );
  expect([turned.status, turned.body.errors[0].code]).toEqual([422, 'stage_outcome_stays']);
});

test('many are moved at once', async () => {
  const customer = await made('/customers', { name: '批量客户' });
  const amount = { amount: '10', currency: 'CNY' };
  const ids = [];
  for (const name of ['批量一', '批量二'])
    ids.push((await made('/opportunities', { customer: customer.id, name, amount })).id);
  const { body } = await admin.post('/opportunities/mass-update', { ids, set: { stage: stages.get('Won') } });
  expect(body).toMatchObject({ done: 2 });
  for (const id of ids)
    expect((await admin.get(`/opportunities/${id}`)).body).toMatchObject({ status: 'won' });
});

test('who may not read stages sees no board, and no stage on the way', async () => {
  const person = await house.person({ entities: { opportunity: { actions: { read: 'all' } } } });
  const opportunity = await made('/opportunities', { name: '不透露' });
  expect((await person.get('/opportunities/board')).status).toBe(403);
  const { body } = await person.get(`/opportunities/${opportunity.id}/steps`);
  expect(body).toMatchObject([{ stage: null, status: 'open' }]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkImport } from '../../../platform/imports/import.ts';
import { bring, csv, enter, fileOf } from '../../../platform/imports/testing/files.ts';
import { startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
beforeAll(async () => {
  house = await startTestApp();
});
afterAll(() => house.stop());

/** Rows as another system gives them: Maven Analytics “CRM Sales Opportunities”, public domain. */
const ROWS = [
  [
    'opportunity_id',
    'sales_agent',
    'product',
    'account',
    'deal_stage',
    'engage_date',
    'close_date',
    'close_value',
  ],
  ['1C1I7A6R', 'Moses Frase', 'GTX Plus Basic', 'Cancity', 'Won', '10/20/2016', '3/1/2017', '1054'],
  ['Z063OYW0', 'Darcel Schlecht', 'GTXPro', 'Isdom', 'Lost', '10/25/2016', '3/11/2017', '0'],
  ['9ME3374G', 'Darcel Schlecht', 'GTXPro', '', 'Engaging', '10/28/2016', '', ''],
  ['HAXMC4IX', 'Moses Frase', 'GTX Plus Basic', '', 'Prospecting', '', '', ''],
];

test('another system’s pipeline comes in with its stages, people and days; a second time it is known', async () => {
  const { administrator } = house;
  for (const name of ['Moses Frase', 'Darcel Schlecht']) await administrator.post('/users', { name });
  for (const name of ['GTX Plus Basic', 'GTX Pro']) await administrator.post('/products', { name });
  for (const name of ['Cancity', 'Isdom']) await administrator.post('/customers', { name });
  const come = async () =>
    bring(await house.context(), house.services, 'opportunity', fileOf(csv(...ROWS)), { dateOrder: 'mdy' });
  const done = await come();
  expect(done.counts).toMatchObject({ created: 4, failed: 0 });
  const { items } = (await administrator.get('/opportunities?sort=number')).body;
  expect(items).toMatchObject([
    {
      number: '1C1I7A6R',
      name: 'Cancity · GTX Plus Basic',
      owner: { title: 'Moses Frase' },
      stage: { title: '赢单' },
      status: 'won',
      startedOn: '2016-10-20',
      closedOn: '2017-03-01',
      amount: { amount: '1054.00' },
    },
    {
      number: '9ME3374G',
      name: 'GTX Pro',
      customer: null,
      status: 'open',
      startedOn: '2016-10-28',
      closedOn: null,
    },
    { number: 'HAXMC4IX', stage: { title: '初步接触' }, startedOn: null },
    { number: 'Z063OYW0', products: [{ title: 'GTX Pro' }], status: 'lost', reason: null },
  ]);
  const { body: way } = await administrator.get(`/opportunities/${items[0].id}/steps`);
  expect(way.map(({ status, day }: { status: string; day: string }) => [status, day])).toEqual([
    ['open', '2016-10-20'],
    ['won', '2017-03-01'],
  ]);
  expect((await come()).counts).toMatchObject({ created: 0, skipped: 4 });
});

test('deals alike in all but their number are others; before they are written they are told by it', async () => {
  const ctx = await house.context();
  const [head, ...rows] = ROWS as [string[], ...string[][]];
  const file = fileOf(csv(head, ...rows.map(([number, ...others]) => [`A-${number}`, ...others])));
  const { id } = await enter(ctx, 'opportunity', file, { dateOrder: 'mdy' });
  await checkImport(ctx, house.services, id);
  const { items } = (await house.administrator.get(`/imports/${id}/rows`)).body;
  const told = items.map(({ title, outcome }: Record<string, string>) => `${title} ${outcome}`);
  const wanted = ['A-1C1I7A6R', 'A-Z063OYW0', 'A-9ME3374G', 'A-HAXMC4IX'];
  expect(told).toEqual(wanted.map((number) => `${number} created`));
});

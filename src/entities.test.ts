import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { declaredRegistry } from './app.ts';
import { type Answer, type Person, startTestApp, type TestApp } from './platform/testing/app.ts';
import type { Values, Ways } from './platform/testing/entities/samples.ts';
import { entitySuite } from './platform/testing/entity-suite.ts';

let house: TestApp;

beforeAll(async () => {
  house = await startTestApp();
  const made = await house.administrator.post('/record-types', {
    label: { zh: '项目', en: 'Project' },
    titleLabel: { zh: '项目名', en: 'Project name' },
    scope: 'own',
    name: 'project',
    numberPrefix: 'XM',
    fields: [
      { label: { zh: '说明', en: 'Description' }, kind: 'longText' },
      { label: { zh: '代号', en: 'Code' }, kind: 'text', unique: true },
      { label: { zh: '预算', en: 'Budget' }, kind: 'money' },
      { label: { zh: '截止', en: 'Deadline' }, kind: 'date' },
      { label: { zh: '人数', en: 'Head count' }, kind: 'integer', min: 0 },
      { label: { zh: '客户', en: 'Client' }, kind: 'reference', to: 'customer' },
      {
        label: { zh: '阶段', en: 'Phase' },
        kind: 'choice',
        options: [{ label: { zh: '一期', en: 'One' } }, { label: { zh: '二期', en: 'Two' } }],
      },
    ],
  });
  expect(made.body).toMatchObject({ name: 'x_project' });
});
afterAll(() => house.stop());

/** A form with a file and the other values as its fields. */
function uploaded(person: Person, { name, ...fields }: Values): Promise<Answer> {
  const boundary = 'a-boundary-of-the-tests';
  const part = (head: string, text: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${text}\r\n`;
  const parts = Object.entries(fields).map(([field, value]) => part(`name="${field}"`, String(value)));
  const file = part(`name="file"; filename="${name}"`, '一份文件');
  const payload = Buffer.from(`${parts.join('')}${file}--${boundary}--\r\n`);
  return person.send('POST', '/attachments', payload, {
    'content-type': `multipart/form-data; boundary=${boundary}`,
  });
}

let aims = 0;

/** Goods are of an order of the customer they go to. */
const ofOrder = (plural: string) => async (person: Person, body: Values) => {
  const { customer } = body;
  const order = customer ? (await house.administrator.create('orders', { customer })).id : body.order;
  return person.post(`/${plural}`, { ...body, order });
};

/** A split is of one order of its customer. */
const splitOf = (person: Person, { contract: _, ...body }: Values) =>
  ofOrder('commission-splits')(person, body);

/** A sequence is begun once it has a step, and again when the former run has ended. */
const inSequence = async (person: Person, body: Values) => {
  const steps = [{ wait: 1, action: 'call', subject: '问候' }];
  if (body.sequence) await house.administrator.patch(`/sequences/${body.sequence}`, { steps });
  await sql`update sequence_run set live_key = null`.execute(house.services.db);
  return person.post('/sequence-runs', body);
};

const ways: Record<string, Ways> = {
  commissionPlan: { extra: { validTo: undefined, definition: undefined } },
  commissionRow: { extra: { amount: { amount: '12.00', currency: 'CNY' } } },
  commissionSplit: { extra: { order: undefined, contract: undefined }, post: splitOf },
  // A partner is its own customer; of which periods are over follows from the day.
  rebateAgreement: {
    extra: { validTo: undefined, partner: undefined, withSide: false, measure: 'amount', tiers: undefined },
  },
  rebateBatch: { extra: { until: '2026-01-31', currency: 'CNY' } },
  // A next date would make a task that holds the activity fast.
  activity: { extra: { nextDate: undefined } },
  carePlan: { extra: { segment: undefined } },
  // A deduction is taken off lines, which their own tests write.
  contract: { extra: { currency: 'CNY', deduction: undefined } },
  delivery: { extra: { customer: undefined }, post: ofOrder('deliveries') },
  returnOrder: { extra: { customer: undefined }, post: ofOrder('return-orders') },
  order: { extra: { currency: 'CNY', deduction: undefined } },
  quote: { extra: { currency: 'CNY', deduction: undefined } },
  customerForm: {
    extra: {
      period: '2026-Q3',
      reach: 'visible',
      ofDepartment: undefined,
      ofPerson: undefined,
      ofSegment: undefined,
      reviewer: undefined,
    },
  },
  gradeScheme: {
    extra: {
      definition: {
        grades: [
          {
            value: 'A',
            label: { zh: '甲', en: 'A' },
            min: 50,
            filter: { field: 'city', op: 'eq', value: '杭州' },
          },
          { value: 'B', label: { zh: '乙', en: 'B' } },
        ],
        terms: [{ source: { field: 'employees' }, weight: 1, scale: { from: 0, to: 100 } }],
      },
    },
  },
  leadChannel: { extra: { origins: 'https://www.example.com' } },
  pool: {
    extra: { recycleNotWonDays: undefined, condition: { field: 'name', op: 'contains', value: '杭州' } },
  },
  // Attributes are those of the main product, and only the sum of parts has a discount (products/product/behaviour.ts).
  product: { extra: { attributes: undefined, variantOf: undefined, bundle: 'sum' } },
  // A unit of one's own has to be told to the product first.
  priceBookEntry: { extra: { unit: undefined, minimumPrice: { amount: '0.00', currency: 'CNY' } } },
  bundlePart: { extra: { unit: undefined } },
  productUnit: { extra: { unit: 'box' } },
  priceBook: { extra: { currency: 'CNY', validTo: undefined, segment: undefined } },
  taxRate: { extra: { validTo: undefined, successor: undefined } },
  exchangeRate: { extra: { currency: 'USD' } },
  reportMailing: { extra: { time: '08:00', report: undefined, receivers: undefined } },
  savedReport: {
    extra: {
      definition: {
        query: { entity: 'customer', rows: [], columns: [], values: [{ fn: 'count' }] },
        chart: 'table',
      },
    },
  },
  dashboard: {
    extra: {
      tiles: [{ id: 'a', source: { shipped: 'ranking' }, width: 6, height: 1 }],
    },
  },
  stockDeclaration: {
    extra: { month: '2026-10', opening: '10', inflow: '5', outflow: '3', closing: undefined },
  },
  salesPlan: { extra: { year: '2026' } },
  segment: { extra: { definition: { field: 'name', op: 'contains', value: '杭州' } } },
  teamMember: { extra: { startsOn: undefined, endsOn: undefined } },
  // Where a sequence begins by itself is told by its own tests.
  sequence: { extra: { target: 'customer', start: 'hand', segment: undefined } },
  sequenceRun: { extra: { lead: undefined, opportunity: undefined }, post: inSequence },
  // A segment needs a definition of its own.
  callBackPlan: { extra: { segment: undefined } },
  promise: { extra: { dueDate: '2026-12-01', dueAt: undefined, withinHours: undefined, clock: 'clock' } },
  task: { extra: { dueDate: '2026-12-01' } },
  workReport: { extra: { kind: 'day' } },
  // One target for each aim.
  salesTarget: {
    extra: {
      period: 'month',
      startsOn: '2026-11-01',
      team: undefined,
      product: undefined,
      category: undefined,
      province: undefined,
    },
    post: (person, body) => person.post('/sales-targets', { province: `地区${++aims}`, ...body }),
  },
  assessmentScheme: {
    extra: {
      definition: {
        indicators: [
          {
            key: 'a',
            name: '服务态度',
            kind: 'judged',
            weight: '100',
            measure: null,
            product: null,
            category: null,
            formula: '',
            most: null,
            least: null,
            note: '',
          },
        ],
        levels: [],
      },
    },
  },
  user: { extra: { timeZone: 'Asia/Shanghai' } },
  // What an order or contract is invoiced for comes with its lines.
  invoice: {
    extra: {
      currency: 'CNY',
      deduction: undefined,
      billingProfile: undefined,
      taxNumber: '91350100M000100Y43',
    },
  },
  bankAccount: { extra: { currency: 'CNY' } },
  dunning: { extra: { step: undefined } },
  // A promise needs a date of its own.
  attachment: { extra: { file: undefined, promise: undefined }, post: uploaded },
};

const declared = declaredRegistry().entities.map((entity) => entity.name);
/** Rows of a part are written with their head; `modules/quotes/quote/lines.test.ts` tells of them. */
const parts = declaredRegistry().entities.flatMap(({ name, partOf }) => (partOf ? [name] : []));
for (const name of [...declared, 'x_project'].filter((each) => !parts.includes(each)))
  entitySuite(name, () => house, ways[name]);

test('no record type is left out', () => {
  expect(
    house.services
      .registry()
      .entities.map((entity) => entity.name)
      .sort(),
  ).toEqual([...declared, 'x_project'].sort());
});

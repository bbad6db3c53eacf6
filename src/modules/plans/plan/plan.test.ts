import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let boss: Person;
let reader: Person;
let stranger: Person;
let dealer: { id: string; unit: string; customer: string };
let valves: string;
let valve: string;
let pump: string;

type Line = Record<string, unknown>;
const YEAR = '2026';
const twelve = (amount: string) => Array.from({ length: 12 }, () => amount);
const months = (amounts: Record<number, string>) => twelve('0').map((zero, at) => amounts[at + 1] ?? zero);
const yuan = (amount: string) => ({ amount, currency: 'CNY' });

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  const category = await boss.create('product-categories', { name: '阀门' });
  valves = (await boss.create('product-categories', { name: '球阀', parent: category.id })).id;
  valve = (await boss.create('products', { name: '铜球阀', code: 'QF-1', category: valves })).id;
  pump = (await boss.create('products', { name: '水泵', category: category.id })).id;
  valves = category.id;
  const customer = (await boss.create('customers', { name: '东海经销（伙伴）' })).id;
  const made = await boss.create('partners', { name: '东海经销', customer });
  dealer = { id: made.id, unit: (made.unit as { id: string }).id, customer };
  const read = { actions: { read: 'all' } } as const;
  const own = { actions: { read: 'self' } } as const;
  reader = await house.person({ entities: { salesPlan: read, product: read, customer: own, order: own } });
  stranger = await house.person({ entities: { salesPlan: own, customer: own } });
});
afterAll(() => house.stop());

const make = (lines: Line[] = [], more: object = {}) =>
  boss.create('sales-plans', { name: `计划 ${Math.random()}`, year: YEAR, lines, ...more });
const linesOf = async (id: string): Promise<Line[]> => (await boss.get(`/sales-plans/${id}`)).body.lines;
const errorsOf = async (lines: Line[]) =>
  (await boss.post('/sales-plans', { year: YEAR, lines })).body.errors?.map(
    ({ path, code }: { path: string; code: string }) => [path, code],
  );

/** Approves what waits, as an administrator beside the starter. */
async function approve(id: string): Promise<void> {
  const other = await house.person({ administrator: true });
  const { body } = await boss.post(`/sales-plans/${id}/submit`);
  expect(body.status).toBe('approving');
  expect((await other.post(`/approvals/${body.approval}/approve`, {})).status).toBe(200);
}

describe('a plan', () => {
  test('divides a year into months to the last fen, and adds months up', async () => {
    const plan = await make([
      { product: valve, area: '浙江省', channel: 'dealer', amount: '100', quantity: '10' },
      { category: valves, amounts: months({ 3: '10.5', 12: '2' }), amount: '999' },
    ]);
    const [first, second] = await linesOf(plan.id);
    expect(first).toMatchObject({
      name: '铜球阀 · 浙江 · 经销商',
      area: '浙江',
      amount: '100',
      quantity: '10',
    });
    expect(first?.amounts).toEqual(
      twelve('8.33').with(0, '8.34').with(1, '8.34').with(2, '8.34').with(3, '8.34'),
    );
    expect(first?.quantities).toEqual([...twelve('1').slice(0, 10), '0', '0']);
    expect(second).toMatchObject({ name: '阀门', amount: '12.5', quantity: '0' });
    expect(plan).toMatchObject({ startsOn: '2026-01-01', amount: { amount: '112.50' }, edition: 1 });
    // A year that is changed keeps the shape its months had.
    const lines = [{ id: first?.id }, { id: second?.id, amount: '25' }];
    expect((await boss.patch(`/sales-plans/${plan.id}`, { lines })).status).toBe(200);
    expect((await linesOf(plan.id))[1]?.amounts).toEqual(months({ 3: '21', 12: '4' }));
  });

  test('begins with the month the company’s year begins with', async () => {
    expect((await boss.patch('/settings', { yearBegins: 4 })).status).toBe(200);
    const plan = await make();
    expect(plan.startsOn).toBe('2026-04-01');
    await boss.patch('/settings', { yearBegins: 1 });
    expect((await boss.get(`/sales-plans/${plan.id}`)).body.startsOn).toBe('2026-04-01');
  });

  test('is of a year', async () => {
    const { body } = await boss.post('/sales-plans', { year: '26' });
    expect(body.errors[0]).toMatchObject({ path: 'year', code: 'plan_bad_year' });
  });

  test.each<[string, () => Line[], [string, string]]>([
    [
      'a product and a category',
      () => [{ product: valve, category: valves }],
      ['lines.0.category', 'plan_of_one'],
    ],
    ['an unknown area', () => [{ area: '火星' }], ['lines.0.area', 'plan_area_unknown']],
    ['eleven months', () => [{ amounts: twelve('1').slice(1) }], ['lines.0.amounts', 'plan_twelve_months']],
    ['a tenth of a fen', () => [{ amounts: months({ 1: '0.001' }) }], ['lines.0.amount', 'plan_too_precise']],
    ['the same twice', () => [{ area: '浙江' }, { area: '浙江省' }], ['lines.1.name', 'plan_line_twice']],
  ])('refuses %s', async (_what, lines, error) => {
    expect(await errorsOf(lines())).toContainEqual(error);
  });

  test('a line of a partner is of its channel', async () => {
    const plan = await make([{ partner: dealer.id, channel: 'direct', amount: '1' }]);
    expect((await linesOf(plan.id))[0]).toMatchObject({ channel: 'dealer', name: '东海经销' });
  });

  test('holds once approved, until its revision is approved', async () => {
    const empty = await make();
    expect((await boss.post(`/sales-plans/${empty.id}/submit`)).body.errors[0].code).toBe('plan_empty');
    const plan = await make([{ product: pump, amount: '1200' }]);
    await approve(plan.id);
    const held = await boss.patch(`/sales-plans/${plan.id}`, { lines: [] });
    expect(held.body.errors.map(({ code }: { code: string }) => code)).toContain('plan_settled');
    expect((await boss.delete(`/sales-plans/${plan.id}`)).status).toBe(409);
    const { id } = (await boss.post(`/sales-plans/${plan.id}/revise`)).body;
    expect((await boss.post(`/sales-plans/${plan.id}/revise`)).body.id).toBe(id);
    expect((await boss.get(`/sales-plans/${id}`)).body).toMatchObject({
      status: 'draft',
      edition: 2,
      previous: { id: plan.id },
      lines: [{ product: { id: pump }, amount: '1200' }],
    });
    expect((await boss.get(`/sales-plans/${plan.id}`)).body.status).toBe('approved');
    await approve(id);
    expect((await boss.get(`/sales-plans/${plan.id}`)).body.status).toBe('superseded');
    expect((await boss.get(`/sales-plans/${id}`)).body.status).toBe('approved');
  });
});

describe('what came of it', () => {
  let plan: { id: string };
  const progress = async (person: Person, basis = 'orders') =>
    (await person.get(`/sales-plans/${plan.id}/progress?basis=${basis}`)).body;
  const cameOf = async (person: Person, basis?: string) => {
    const { lines, rest } = await progress(person, basis);
    return [...lines, rest].map(({ actual }) => actual.amounts.slice(0, 3));
  };

  beforeAll(async () => {
    const sell = async (customer: string, date: string, product: string, quantity: string, price: string) => {
      const lines = [{ product, name: '货', quantity, price }];
      const order = await boss.create('orders', { customer, date, lines });
      expect((await boss.post(`/orders/${order.id}/confirm`, {})).status).toBe(200);
    };
    const near = await boss.create('customers', { name: '杭州恒力机械', province: '浙江省' });
    const far = await boss.create('customers', { name: '成都长虹阀业', province: '四川省' });
    const theirs = await boss.create('customers', {
      name: '宁波海阀贸易',
      province: '浙江省',
      department: dealer.unit,
    });
    await sell(near.id, '2026-01-10', valve, '2', '100');
    await sell(near.id, '2026-02-10', pump, '1', '50');
    await sell(far.id, '2026-02-11', valve, '1', '30');
    await sell(far.id, '2026-02-12', pump, '1', '5');
    await sell(theirs.id, '2026-03-01', valve, '4', '10');
    await sell(dealer.customer, '2026-03-02', pump, '1', '7');
    await sell(near.id, '2025-12-31', valve, '1', '999');
    plan = await make([
      { product: valve, area: '浙江', amounts: months({ 1: '500' }) },
      { category: valves, area: '华东', amount: '120' },
      { product: valve, partner: dealer.id, amount: '12' },
      { channel: 'dealer', amount: '12' },
    ]);
  });

  test('every fen counts once, for the line that names it most closely', async () => {
    expect(await cameOf(boss)).toEqual([
      ['200', '0', '0'],
      ['0', '50', '0'],
      ['0', '0', '40'],
      ['0', '0', '7'],
      ['0', '35', '0'],
    ]);
    const { lines, elapsed, part } = await progress(boss);
    expect(lines[0].actual).toMatchObject({ quantities: months({ 1: '2' }), records: 1 });
    expect([elapsed[0], part]).toEqual([1, false]);
  });

  test('receipts know no product: lines are told by region and channel', async () => {
    const { lines, tellsProduct } = await progress(boss, 'receipts');
    expect(tellsProduct).toBe(false);
    expect(
      lines.map(({ cut, plan: { amounts } }: { cut: Line; plan: { amounts: string[] } }) => [
        cut.area,
        cut.channel,
        amounts[0],
      ]),
    ).toEqual([
      ['浙江', null, '500'],
      ['华东', null, '10'],
      [null, 'dealer', '1'],
      [null, 'dealer', '1'],
    ]);
  });

  test('the records behind a number are those it was made of', async () => {
    const { lines } = await progress(boss);
    const behind = async (person: Person, key: string, more = '') =>
      person.get(`/sales-plans/${plan.id}/records?key=${encodeURIComponent(key)}&from=0&to=11${more}`);
    const { items } = (await behind(boss, lines[0].key)).body;
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ plural: 'orders', amount: '200.00' });
    const first = (await behind(boss, '', '&limit=1')).body;
    const second = (await behind(boss, '', `&limit=1&cursor=${first.nextCursor}`)).body;
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([1, 1, null]);
    expect((await behind(boss, 'x||')).status).toBe(422);
  });

  test('counts what the reader sees, and tells nothing to who may not know', async () => {
    const seen = await progress(reader);
    expect(seen).toMatchObject({ part: true, lines: [{ forecast: null }, {}, {}, {}] });
    expect(seen.lines.every(({ actual }: { actual: { records: number } }) => actual.records === 0)).toBe(
      true,
    );
    expect((await reader.get(`/sales-plans/${plan.id}/progress?basis=receipts`)).status).toBe(403);
    expect((await stranger.get(`/sales-plans/${plan.id}/progress`)).status).toBe(404);
    expect((await stranger.post(`/sales-plans/${plan.id}/season`, { lines: [{}] })).status).toBe(404);
    expect((await stranger.get(`/sales-plans/${plan.id}/records?from=0&to=1`)).status).toBe(404);
    expect((await reader.get(`/sales-plans/${plan.id}/file?format=xlsx`)).status).toBe(403);
  });

  test('open business stands beside it by its likelihood', async () => {
    const customer = await boss.create('customers', { name: '嘉兴泵业', province: '浙江' });
    await boss.create('opportunities', {
      name: '泵站阀门',
      customer: customer.id,
      amount: yuan('1000'),
      probability: 40,
      closeDate: '2026-12-20',
      products: [valve],
    });
    const { lines } = await progress(boss);
    expect(lines[0].forecast).toMatchObject({ amounts: months({ 12: '400' }), records: 1 });
  });

  test('last year’s months are what a year is divided by', async () => {
    const next = await make([], { year: '2027' });
    const { body } = await boss.post(`/sales-plans/${next.id}/season`, {
      lines: [{ product: valve }, { area: '西北' }],
    });
    expect(body.lines[0].amounts.slice(0, 3)).toEqual(['200', '30', '40']);
    expect(body.lines[1].amounts).toEqual(twelve('0'));
  });
});

describe('its table', () => {
  const upload = (person: Person, id: string, content: Buffer | string) => {
    const boundary = 'a-boundary-of-the-tests';
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="plan.csv"\r\n\r\n`;
    const payload = Buffer.concat([
      Buffer.from(head),
      Buffer.from(content as string),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    return person.send('POST', `/sales-plans/${id}/table`, payload, {
      'content-type': `multipart/form-data; boundary=${boundary}`,
    });
  };

  test('is read back as it was written', async () => {
    const plan = await make([
      { product: valve, area: '浙江', channel: 'direct', amounts: months({ 2: '10.25' }), quantity: '24' },
      { partner: dealer.id, amount: '5', remark: '新开' },
    ]);
    const file = await boss.get(`/sales-plans/${plan.id}/file?format=xlsx`);
    const { body } = await upload(boss, plan.id, file.raw.rawPayload);
    expect(body.refused).toEqual([]);
    expect(body.lines).toMatchObject([
      {
        product: { id: valve },
        area: '浙江',
        channel: 'direct',
        amounts: months({ 2: '10.25' }),
        quantities: twelve('2'),
      },
      { partner: { id: dealer.id }, remark: '新开' },
    ]);
    const pdf = await boss.get(`/sales-plans/${plan.id}/file?format=pdf`);
    expect(pdf.raw.rawPayload.subarray(0, 4).toString()).toBe('%PDF');
  });

  test('tells of every row that cannot be taken over, and why', async () => {
    const plan = await make();
    const rows = [
      '产品,类别,省份,渠道,1月,2月,全年数量',
      'QF-1,,浙江省,直销,1万,5,24',
      '没有的货,,,,1,,',
      'QF-1,,月球,,1,,',
      'QF-1,,浙江,直销,2,,',
      ',阀门,,,很多,,',
    ];
    const { body } = await upload(boss, plan.id, rows.join('\n'));
    expect(body.lines).toMatchObject([{ amounts: months({ 1: '10000', 2: '5' }), quantities: twelve('2') }]);
    expect(body.refused.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5, 6]);
    expect(body.refused[0].reason).toBe('找不到“没有的货”。');
    expect((await linesOf(plan.id)).length).toBe(0);
    expect((await upload(boss, plan.id, '姓名,电话\n甲,1')).body.code).toBe('plan_table_unknown');
    expect((await upload(stranger, plan.id, rows.join('\n'))).status).toBe(404);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { knowsEnough, mappingOf, readLine } from './columns.ts';

let house: TestApp;
let boss: Person;
beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
});
afterAll(() => house.stop());

function take(person: Person, text: string, account?: string) {
  const boundary = 'a-boundary-of-the-tests';
  const field = account
    ? `\r\ncontent-disposition: form-data; name="account"\r\n\r\n${account}\r\n--${boundary}`
    : '';
  const payload = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="流水.csv"\r\n\r\n${text}\r\n--${boundary}${field}--\r\n`,
  );
  return person.send('POST', '/bank-entries/statement', payload, {
    'content-type': `multipart/form-data; boundary=${boundary}`,
  });
}

const HEAD = '交易日期,交易流水号,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要';
const statement = (...lines: string[]) => [HEAD, ...lines].join('\n');

test('takes in what came in, each line once, and leaves out what went out', async () => {
  const file = statement(
    '20261120,A1,,"12,000.00",20000,杭州云帆科技有限公司,6222,货款',
    '2026-11-21,A2,300.00,,19700,电力公司,,电费',
    '2026/11/21 10:31,A3,0.00,88.5,19788.5,苏州恒力机械有限公司,,',
    '2026-13-41,A4,,5,5,某某,,',
  );
  const first = await take(boss, file);
  expect(first.body).toEqual({ entered: 2, known: 0, out: 1, unread: [{ line: 5, reason: 'no_date' }] });
  expect((await take(boss, file)).body).toMatchObject({ entered: 0, known: 2 });
  const { items } = (await boss.get('/bank-entries?sort=-date&limit=10')).body;
  expect(items).toMatchObject([
    { payer: '苏州恒力机械有限公司', amount: { amount: '88.50' }, date: '2026-11-21', status: 'open' },
    { payer: '杭州云帆科技有限公司', amount: { amount: '12000.00' }, serial: 'A1', summary: '货款' },
  ]);
});

const BARE = '交易时间,贷方发生额,余额,对方户名,摘要';
const bare = (...lines: string[]) => [BARE, ...lines].join('\n');
const account = async () =>
  (await boss.create('bank-accounts', { name: `户${Math.random()}`, accountNumber: '1' })).id;

test('lines without a number come in once, by everything they say', async () => {
  const file = bare('2026-10-01 09:00,100,100,甲公司,货款', '2026-10-02 09:00:00,100,200,甲公司,货款');
  expect((await take(boss, file)).body).toMatchObject({ entered: 2, known: 0 });
  expect((await take(boss, file)).body).toMatchObject({ entered: 0, known: 2 });
  // Another account's line is another payment, and so is another time, text or balance.
  expect((await take(boss, file, await account())).body).toMatchObject({ entered: 2, known: 0 });
  const others = bare(
    '2026-10-01 09:01,100,100,甲公司,货款',
    '2026-10-01 09:00,100,300,甲公司,货款',
    '2026-10-01 09:00,100,100,甲公司,尾款',
    '2026-10-01 09:00,100,100,乙公司,货款',
  );
  expect((await take(boss, others)).body).toMatchObject({ entered: 4, known: 0 });
});

test('two equal payments of one day are two, and statements that overlap double neither', async () => {
  const line = (day: string, payer = '甲公司') => `${day},88,,${payer},货款`;
  const first = bare(line('2026-09-01'), line('2026-09-10'), line('2026-09-10'), line('2026-09-15'));
  expect((await take(boss, first)).body).toMatchObject({ entered: 4, known: 0 });
  const second = bare(
    line('2026-09-10'),
    line('2026-09-10'),
    line('2026-09-10'),
    line('2026-09-15'),
    line('2026-09-20'),
  );
  expect((await take(boss, second)).body).toMatchObject({ entered: 2, known: 3 });
});

test('the same lines without numbers by two people at once are entered once', async () => {
  const file = bare('2026-08-01,7,,甲公司,', '2026-08-01,7,,甲公司,');
  const [one, two] = await Promise.all([take(boss, file), take(boss, file)]);
  expect([one.body.entered, two.body.entered].sort()).toEqual([0, 2]);
});

test('what was deleted comes in again, a line with a number stays known by it alone', async () => {
  const file = bare('2026-07-01,9,,甲公司,');
  await take(boss, file);
  const { items } = (await boss.get('/bank-entries?limit=200')).body;
  const { id } = items.find(({ date }: { date: string }) => date === '2026-07-01');
  await boss.send('DELETE', `/bank-entries/${id}`);
  expect((await take(boss, file)).body).toMatchObject({ entered: 1, known: 0 });
  await take(boss, statement('2026-07-02,D1,,9,9,甲公司,,'));
  expect((await take(boss, statement('2026-07-03,D1,,9,9,甲公司,,'))).body).toMatchObject({ known: 1 });
  expect((await take(boss, statement('2026-07-02,D2,,9,9,甲公司,,'))).body).toMatchObject({ entered: 1 });
});

test('the same file by two people at once is entered once', async () => {
  const file = statement('2026-11-22,B1,,5,5,甲,,', '2026-11-22,B2,,6,6,乙,,');
  const [one, two] = await Promise.all([take(boss, file), take(boss, file)]);
  expect([one.body.entered, two.body.entered].sort()).toEqual([0, 2]);
});

test('a file that is no statement is refused with what its header says, and nobody without the right may', async () => {
  const { status, body } = await take(boss, '姓名,电话\n张三,138');
  expect([status, body.code, body.detail]).toEqual([
    422,
    'statement_unknown',
    expect.stringContaining('姓名'),
  ]);
  const reader = await house.person({ entities: { bankEntry: { actions: { read: 'all' } } } });
  expect((await take(reader, statement('2026-11-22,C1,,5,5,甲,,'))).status).toBe(403);
});

describe('columns', () => {
  test.each<[string, string[], boolean]>([
    ['工商银行', ['记账日期', '收入金额', '支出金额', '对方户名'], true],
    ['with units', ['交易时间', '收入（元）', '对方名称'], true],
    ['with a direction', ['日期', '交易金额', '借贷标志', '对方单位'], true],
    ['English', ['Date', 'Credit', 'Debit', 'Counterparty'], true],
    ['no payer', ['日期', '收入金额'], false],
  ])('%s', (_what, headers, known) => {
    expect(knowsEnough(mappingOf(headers))).toBe(known);
  });

  test.each<[string, string[], unknown]>([
    ['money out by its direction', ['2026-11-20', '5', '借', '甲'], 'out'],
    [
      'money in by its direction',
      ['2026-11-20', '5', '贷', '甲'],
      { amount: { amount: '5.00', currency: 'CNY' } },
    ],
    [
      'a yen amount',
      ['2026-11-20 10:31', '500', '贷', '甲', '日元', '1,500.50'],
      { amount: { amount: '500', currency: 'JPY' }, time: '10:31:00', balance: '1500.5' },
    ],
    ['a line of totals', ['', '', '', ''], null],
    ['an amount that is none', ['2026-11-20', '五元', '贷', '甲'], 'no_amount'],
  ])('%s', (_what, texts, read) => {
    const mapping = mappingOf(['日期', '交易金额', '借贷标志', '对方户名', '币种', '余额']);
    const cells = texts.map((text) =>
      text ? { kind: 'text' as const, text } : { kind: 'empty' as const, text: '' as const },
    );
    const found = readLine(cells, mapping, 'CNY');
    if (read !== null && typeof read === 'object') expect(found).toMatchObject(read);
    else expect(found).toBe(read);
  });
});

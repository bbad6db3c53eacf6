import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../context/context.ts';
import { dayOf } from '../context/day.ts';
import { createRecord } from '../entity/records.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { proposeImport } from './propose.ts';
import { bring, type Choices, csv, fileOf, optionsFor } from './testing/files.ts';
import { importRows } from './view.ts';

let app: TestApp;
let ctx: Context;

beforeAll(async () => {
  app = await startTestApp();
  ctx = await app.context();
});
afterAll(() => app?.stop());

const run = (entity: string, content: string, choices?: Choices) =>
  bring(ctx, app.services, entity, fileOf(content), choices);

async function rows<T>(text: ReturnType<typeof sql>): Promise<T[]> {
  return (await text.execute(ctx.db)).rows as T[];
}

const customers = (name: string) =>
  rows<Record<string, unknown>>(sql`select * from customer where name = ${name} and deleted_at is null`);

test('owners whom a file only names stand in the department of whoever imports it', async () => {
  const sales = await createRecord(ctx, 'department', { name: '导入部' });
  await sql`update "user" set department_id = ${sales.id} where id = ${app.administrator.id}`.execute(ctx.db);
  const importer = await app.context();
  const done = await bring(
    importer,
    app.services,
    'customer',
    fileOf(csv(['客户名称', '负责人'], ['导入一号', '尹新人'])),
    {
      createMissing: ['owner'],
    },
  );
  expect(done.counts).toMatchObject({ created: 1 });
  const people = await rows<{ department: string }>(
    sql`select department_id as department from "user" where name = '尹新人'`,
  );
  expect(people).toEqual([{ department: sales.id }]);
});

describe('real files of a newcomer', () => {
  const fixture = (name: string) => join(import.meta.dirname, 'testing', name);

  test('products, salespeople with managers and offices, accounts with their parents', async () => {
    const products = await bring(ctx, app.services, 'product', fixture('products.csv'));
    expect(products.counts).toMatchObject({ total: 7, created: 7, failed: 0 });
    expect(await rows(sql`select price, price_currency, series from product where name = 'GTK 500'`)).toEqual(
      [{ price: '26768.00', price_currency: 'CNY', series: 'GTK' }],
    );
    const people = await bring(ctx, app.services, 'user', fixture('sales_teams.csv'));
    expect(people.counts).toMatchObject({ total: 35, created: 35, failed: 0 });
    expect(
      await rows(sql`select m.name as manager, d.name as department from "user" u join "user" m on m.id = u.manager_id
        join department d on d.id = u.department_id where u.name = 'Carl Lin'`),
    ).toEqual([{ manager: 'Summer Sewald', department: 'West' }]);
    expect(
      await rows(sql`select m.name, d.name as department from "user" m join department d on d.id = m.department_id
        where exists (select from "user" u where u.manager_id = m.id) order by 1 limit 3`),
    ).toEqual([
      { name: 'Cara Losch', department: 'East' },
      { name: 'Celia Rouche', department: 'West' },
      { name: 'Dustin Brinkmann', department: 'Central' },
    ]);
    expect(
      await rows(sql`select count(*) as n from department where name in ('Central', 'East', 'West')`),
    ).toEqual([{ n: 3 }]);
    const accounts = await bring(ctx, app.services, 'customer', fixture('accounts.csv'), { currency: 'USD' });
    expect(accounts.counts).toMatchObject({ total: 85, created: 85, failed: 0 });
    expect(
      await rows(sql`select c.industry, c.founded_year, c.annual_revenue, c.annual_revenue_currency, c.employees, c.country,
        p.name as parent from customer c join customer p on p.id = c.parent_id where c.name = 'Bluth Company'`),
    ).toEqual([
      {
        industry: 'technolgy',
        founded_year: 1993,
        annual_revenue: '1242.32',
        annual_revenue_currency: 'USD',
        employees: 3027,
        country: 'United States',
        parent: 'Acme Corporation',
      },
    ]);
    expect(await rows(sql`select count(*) as n from customer where parent_id is not null`)).toEqual([
      { n: 15 },
    ]);
  });

  test.each(['product', 'user', 'customer'])('%s again: nothing twice', async (entity) => {
    const file = { product: 'products.csv', user: 'sales_teams.csv', customer: 'accounts.csv' }[
      entity
    ] as string;
    const again = await bring(ctx, app.services, entity, fixture(file));
    expect(again.counts).toMatchObject({ created: 0, updated: 0, failed: 0, skipped: again.counts?.total });
  });
});

describe('values', () => {
  test('are understood as people write them', async () => {
    await run(
      'customer',
      csv(
        [
          '公司名称',
          '税号',
          '联系电话',
          '电子邮箱',
          '年营业额',
          '员工人数',
          '成立时间',
          '行业',
          '客户类型',
          '官网',
          '标签',
          '地址失效',
        ],
        [
          '云栖 科技有限公司',
          '91350100M000100Y43',
          '+86 138 0013 8000/0571-88886666',
          'Info@Yunqi.example',
          '￥１.2万',
          '120人',
          '2005年',
          '制造',
          '公司',
          'www.yunqi.example',
          '重点、老客户',
          '是',
        ],
      ),
    );
    const [row] = await customers('云栖 科技有限公司');
    expect(row).toMatchObject({
      tax_number: '91350100M000100Y43',
      phone: '13800138000',
      other_phones: ['0571-88886666'],
      email: 'info@yunqi.example',
      annual_revenue: '12000.00',
      employees: 120,
      founded_year: 2005,
      industry: 'manufacturing',
      kind: 'company',
      website: 'http://www.yunqi.example',
      address_invalid: true,
      version: 1,
    });
    expect(row?.tag_ids).toHaveLength(2);
  });

  test('dates that can be read two ways are asked about, and settled by one that cannot', async () => {
    const options = optionsFor(ctx, 'task');
    const open = await proposeImport(
      ctx,
      'task',
      fileOf(csv(['任务', '截止日期'], ['甲', '3/5/2024'], ['乙', '4/6/2024'])),
      options,
    );
    expect(open.questions).toMatchObject([
      { column: '截止日期', code: 'which_date_order', option: '--date-order' },
    ]);
    await run(
      'task',
      csv(['任务', '截止日期'], ['打电话', '3/25/2024'], ['寄样品', '4/6/2024'], ['拜访', '2024年7月8日']),
    );
    expect(
      await rows(
        sql`select subject, due_date from task where subject in ('打电话', '寄样品', '拜访') order by due_date`,
      ),
    ).toEqual([
      { subject: '打电话', due_date: '2024-03-25' },
      { subject: '寄样品', due_date: '2024-04-06' },
      { subject: '拜访', due_date: '2024-07-08' },
    ]);
    await run('task', csv(['任务', '截止日期'], ['日在前', '3/5/2024']), { dateOrder: 'dmy' });
    expect(await rows(sql`select due_date from task where subject = '日在前'`)).toEqual([
      { due_date: '2024-05-03' },
    ]);
  });

  test.each([
    ['a damaged phone', '1.38E+10', '', 'spreadsheet_damage'],
    ['an impossible mail', '', 'nobody@', 'bad_email'],
  ])('%s fails its row, with the reason', async (_what, phone, email, code) => {
    const name = `坏值${code}有限公司`;
    const done = await run('customer', csv(['名称', '电话', '邮箱'], [name, phone, email]));
    expect(done.counts).toMatchObject({ total: 1, created: 0, failed: 1 });
    const { items } = await importRows(ctx, app.services, done, { outcome: 'failed', after: 0, limit: 10 });
    expect(items).toMatchObject([
      { line: 2, outcome: 'failed', reasons: [{ code }], cells: [name, phone, email] },
    ]);
    expect(await customers(name)).toEqual([]);
  });

  test.each([
    ['员工人数', '很多', '员工人数：“很多”不是数字。请只写数字，例如 1200.5 或 1.2万。'],
    ['年营业额', 'abc', '年营业额：看不懂金额“abc”。请写成 1200.00、￥1,200 或 1.2万元。'],
    ['性别', '火星', '性别：没有“火星”这个选项。可选：男、女。'],
    ['生日', '不知道', '生日：看不懂生日“不知道”。请写成 1990-03-05、3月5日 或 农历八月十五。'],
  ])('%s %s: the reason says what cannot be read, and how to write it', async (header, cell, message) => {
    const done = await run('customer', csv(['名称', header], [`读不懂${header}`, cell]));
    const { items } = await importRows(ctx, app.services, done, { outcome: 'failed', after: 0, limit: 10 });
    expect(items[0]?.reasons.map((reason) => reason.message)).toEqual([message]);
  });

  test('a wrong tax number is a warning', async () => {
    const done = await run('customer', csv(['名称', '税号'], ['税号有误有限公司', '91350100M000100Y44']));
    expect(done.counts).toMatchObject({ created: 1 });
    expect(done.checked?.reasons).toMatchObject({ bad_check_digit: 1 });
  });

  test('an amount finer than its currency fails its row instead of being rounded', async () => {
    const [head, ...lines] = [
      ['客户名称', '年营业额'],
      ['厘', '12.345'],
      ['厘但是整', '12.3400'],
      ['半日元', 'JPY 0.5'],
      ['第纳尔', 'KWD 1.234'],
    ];
    const done = await run('customer', csv(head as string[], ...lines));
    expect(done.counts).toMatchObject({ created: 2, failed: 2 });
    expect(done.checked?.reasons).toMatchObject({ money_too_precise: 2 });
    expect(
      await rows(sql`select name, annual_revenue::text as amount from customer
        where name in ('厘', '厘但是整', '半日元', '第纳尔') order by amount`),
    ).toEqual([
      { name: '第纳尔', amount: '1.234' },
      { name: '厘但是整', amount: '12.34' },
    ]);
  });

  test('a number of another system is kept, one that looks like ours is not', async () => {
    const done = await run(
      'customer',
      csv(['客户编号', '名称'], ['A-17', '旧号有限公司'], ['KH-2020-900001', '新号有限公司']),
    );
    expect(done.counts).toMatchObject({ created: 2 });
    expect((await customers('旧号有限公司'))[0]?.number).toBe('A-17');
    expect((await customers('新号有限公司'))[0]?.number).not.toBe('KH-2020-900001');
    expect(done.checked?.reasons).toMatchObject({ number_not_kept: 1 });
  });
});

describe('relations', () => {
  test('owners by mail, phone or name; unknown ones are reported, not dropped', async () => {
    await createRecord(ctx, 'user', { name: '赵敏', email: 'zhaomin@yunhe.example', phone: '13911112222' });
    const done = await run(
      'customer',
      csv(
        ['名称', '负责人'],
        ['甲一有限公司', '赵敏'],
        ['甲二有限公司', 'ZhaoMin@yunhe.example'],
        ['甲三有限公司', '139-1111-2222'],
        ['甲四有限公司', '查无此人'],
      ),
    );
    expect(done.counts).toMatchObject({ created: 4, failed: 0 });
    expect(done.checked?.unresolved).toEqual({ owner: ['查无此人'] });
    const owners = await rows<{ name: string; owner: string }>(
      sql`select c.name, u.name as owner from customer c join "user" u on u.id = c.owner_id where c.name like '甲_有限公司' order by c.name`,
    );
    expect(owners.map(({ name, owner }) => `${name} ${owner}`).sort()).toEqual(
      ['甲一有限公司 赵敏', '甲三有限公司 赵敏', '甲二有限公司 赵敏', '甲四有限公司 林静'].sort(),
    );
    const { items } = await importRows(ctx, app.services, done, { after: 4, limit: 1 });
    expect(items[0]).toMatchObject({
      line: 5,
      outcome: 'created',
      reasons: [{ field: 'owner', code: 'owner_unresolved' }],
    });
  });

  test('an ambiguous name fails its row', async () => {
    await createRecord(ctx, 'user', { name: '王伟' });
    await createRecord(ctx, 'user', { name: '王伟' });
    const done = await run('customer', csv(['名称', '负责人'], ['乙一有限公司', '王伟']));
    expect(done.counts).toMatchObject({ created: 0, failed: 1 });
    expect(done.checked?.reasons).toEqual({ ambiguous_name: 1 });
  });

  test('parents may stand further down, over several levels, written a little otherwise', async () => {
    const done = await run(
      'customer',
      csv(
        ['名称', '上级公司'],
        ['丙三有限公司', '丙二有限公司'],
        ['丙二有限公司', '丙一 有限公司（上海）'],
        ['丙一有限公司(上海)', ''],
      ),
    );
    expect(done.counts).toMatchObject({ created: 3, failed: 0 });
    expect(
      await rows(
        sql`select c.name, p.name as parent, c.version from customer c join customer p on p.id = c.parent_id where c.name like '丙%' order by c.name collate "C"`,
      ),
    ).toEqual([
      { name: '丙三有限公司', parent: '丙二有限公司', version: 1 },
      { name: '丙二有限公司', parent: '丙一有限公司(上海)', version: 1 },
    ]);
  });

  test('names written otherwise are told before anything is written, and how many rows mean them', async () => {
    await createRecord(ctx, 'customer', { name: '戊 集团 Holding' });
    const file = csv(
      ['名称', '上级公司'],
      ['戊一有限公司', '戊集团HOLDING'],
      ['戊二有限公司', '戊集团HOLDING'],
      ['戊三有限公司', '戊集团　holding'],
      ['戊四有限公司', '戊 集团 Holding'],
      ['戊五有限公司', '查无此集团'],
    );
    const done = await run('customer', file);
    expect(done.counts).toMatchObject({ created: 4, failed: 1 });
    expect(done.checked?.matched).toEqual({
      parent: [
        { text: '戊集团HOLDING', title: '戊 集团 Holding', rows: 2 },
        { text: '戊集团 holding', title: '戊 集团 Holding', rows: 1 },
      ],
    });
  });

  test('what several records are called when folded is a question, not a match', async () => {
    await createRecord(ctx, 'user', { name: 'Ann Lee' });
    await createRecord(ctx, 'user', { name: 'ANN LEE' });
    const done = await run('customer', csv(['名称', '负责人'], ['己一有限公司', 'annlee']));
    expect(done.checked?.reasons).toEqual({ ambiguous_name: 1 });
    expect(done.checked?.matched).toBeUndefined();
  });

  test('amounts in a currency without a rate are told once, with the rows and the day', async () => {
    const file = (rows: string[][]) => csv(['名称', '年营业额'], ...rows);
    const named = (name: string, amount: string) => [name, amount];
    const done = await run(
      'customer',
      file([
        named('庚一有限公司', 'GBP 100'),
        named('庚二有限公司', 'GBP 200'),
        named('庚三有限公司', 'CHF 5'),
        named('庚四有限公司', '7'),
        named('庚五有限公司', '不是数'),
      ]),
    );
    expect(done.counts).toMatchObject({ created: 4, failed: 1 });
    const today = dayOf(ctx);
    expect(done.checked?.unrated).toEqual([
      { currency: 'GBP', rows: 2, from: today },
      { currency: 'CHF', rows: 1, from: today },
    ]);
    expect(done.checked?.reasons).not.toHaveProperty('currency_unrated');
    await createRecord(ctx, 'exchangeRate', { currency: 'GBP', validFrom: today, rate: '9' });
    const again = await run('customer', file([named('庚六有限公司', 'GBP 100')]));
    expect(again.checked?.unrated).toBeUndefined();
  });

  test('circles and unknown parents fail, and what hangs on them', async () => {
    const done = await run(
      'customer',
      csv(
        ['名称', '上级公司'],
        ['丁一有限公司', '丁二有限公司'],
        ['丁二有限公司', '丁一有限公司'],
        ['丁三有限公司', '不存在有限公司'],
        ['丁四有限公司', '丁三有限公司'],
        ['丁五有限公司', '丁五有限公司'],
      ),
    );
    expect(done.counts).toMatchObject({ total: 5, created: 0, failed: 5 });
    expect(done.checked?.reasons).toMatchObject({ unknown_name: 1, reference_failed: 1 });
  });
});

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../context/context.ts';
import { createRecord, readRecord, updateRecord } from '../entity/records.ts';
import { searchDocs } from '../search/search.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { checkImport, undoImport } from './import.ts';
import { bring, type Choices, csv, enter, fileOf } from './testing/files.ts';
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

describe('duplicates', () => {
  test('certain ones are left out, also within the file and when written otherwise; likely ones are made and reported', async () => {
    const first = csv(['名称', '税号', '电话'], ['戊一有限公司', '91350100M000100Y43', '13700000001']);
    await run('customer', first.replace('91350100M000100Y43', '91330106MA2CFRGH37'));
    const done = await run(
      'customer',
      csv(
        ['名称', '电话'],
        ['戊一 有限公司', ''],
        ['戊一贸易有限公司', '13700000001'],
        ['戊二有限公司', ''],
        ['戊二有限公司（）', ''],
      ),
    );
    expect(done.counts).toEqual({ total: 4, created: 2, updated: 0, skipped: 2, failed: 0 });
    expect(done.checked?.reasons).toMatchObject({ duplicate: 1, likely_duplicate: 1, duplicate_in_file: 1 });
  });

  test('two people may bear one name; the same one with the same phone is the same', async () => {
    const rowsOf = (...people: string[][]) => csv(['名称', '类型', '电话'], ...people);
    await run('customer', rowsOf(['王小明', '个人', '13600000001']));
    const done = await run(
      'customer',
      rowsOf(['王小明', '个人', '13600000002'], ['王小明', '个人', '13600000001']),
    );
    expect(done.counts).toMatchObject({ created: 1, skipped: 1 });
  });

  test.each([
    ['update', { created: 0, updated: 1, skipped: 0 }, 'b@ji.example'],
    ['create', { created: 1, updated: 0, skipped: 0 }, 'a@ji.example'],
    ['skip', { created: 0, updated: 0, skipped: 1 }, 'a@ji.example'],
  ] as const)('on duplicate: %s', async (onDuplicate, counts, email) => {
    const name = `己${onDuplicate}有限公司`;
    await run('customer', csv(['名称', '邮箱'], [name, 'a@ji.example']));
    const done = await run('customer', csv(['名称', '邮箱'], [name, 'b@ji.example']), { onDuplicate });
    expect(done.counts).toMatchObject({ ...counts, total: 1, failed: 0 });
    expect((await customers(name))[0]?.email).toBe(email);
  });

  test('upsert: the key alone decides', async () => {
    await run('customer', csv(['名称', '邮箱'], ['庚一有限公司', 'key@geng.example']));
    const done = await run(
      'customer',
      csv(
        ['名称', '邮箱', '城市'],
        ['庚一改名有限公司', 'KEY@geng.example', '杭州'],
        ['庚一有限公司', 'other@geng.example', ''],
        ['庚三有限公司', '', ''],
      ),
      { mode: 'upsert', key: 'email' },
    );
    expect(done.counts).toEqual({ total: 3, created: 1, updated: 1, skipped: 0, failed: 1 });
    expect(done.checked?.reasons).toMatchObject({ key_empty: 1, likely_duplicate: 1 });
    expect((await customers('庚一改名有限公司'))[0]).toMatchObject({
      email: 'key@geng.example',
      city: '杭州',
      version: 2,
    });
  });

  test('upsert: a key that fits several fails, the last of equal rows wins', async () => {
    await run(
      'customer',
      csv(
        ['名称', '电话'],
        ['辛一有限公司', '13500000001'],
        ['辛二有限公司', '13500000001'],
        ['辛三有限公司', '13500000003'],
      ),
    );
    const done = await run(
      'customer',
      csv(
        ['名称', '电话', '城市'],
        ['辛一有限公司', '13500000001', '杭州'],
        ['辛三有限公司', '13500000003', '杭州'],
        ['辛三有限公司', '13500000003', '宁波'],
      ),
      { mode: 'upsert', key: 'phone' },
    );
    expect(done.counts).toEqual({ total: 3, created: 0, updated: 2, skipped: 0, failed: 1 });
    expect((await customers('辛三有限公司'))[0]).toMatchObject({ city: '宁波', version: 3 });
  });

  test('rows of types nothing tells apart are known again by themselves, equal ones counted', async () => {
    const file = csv(
      ['主题', '时间'],
      ['电话沟通', '2024-03-05 10:00'],
      ['电话沟通', '2024-03-05 10:00'],
      ['拜访客户', '2024-03-06'],
    );
    expect((await run('activity', file)).counts).toMatchObject({ created: 3 });
    expect((await run('activity', file)).counts).toMatchObject({ created: 0, skipped: 3 });
    expect((await run('activity', `${file}\n"新的","2024-03-07"`)).counts).toMatchObject({
      created: 1,
      skipped: 3,
    });
  });
});

describe('customers and their people on one sheet', () => {
  const sheet = csv(
    ['客户名称', '电话', '联系人姓名', '联系人电话', '联系人职务'],
    ['壬一有限公司', '057112345678', '张三', '13811110001', '总经理'],
    ['壬一有限公司', '', '李四', '13811110002', '采购'],
    ['壬二有限公司', '', '', '', ''],
    ['壬一有限公司', '', '张三', '13811110001', '总经理'],
  );
  const people = () =>
    rows<{ name: string; customer: string }>(
      sql`select k.name, c.name as customer from contact k join customer c on c.id = k.customer_id where c.name like '壬%' order by k.name collate "C"`,
    );

  test('make one customer with all its people, once', async () => {
    const done = await run('customer', sheet);
    expect(done.counts).toEqual({ total: 4, created: 3, updated: 0, skipped: 1, failed: 0 });
    expect(await people()).toEqual([
      { name: '张三', customer: '壬一有限公司' },
      { name: '李四', customer: '壬一有限公司' },
    ]);
    expect((await run('customer', sheet)).counts).toMatchObject({ created: 0, skipped: 4 });
    const more = await run('customer', csv(['客户名称', '联系人姓名'], ['壬一有限公司', '王五']));
    expect(more.counts).toMatchObject({ created: 1 });
    expect(await people()).toHaveLength(3);
    await undoImport(ctx, app.services, more.id);
    await undoImport(ctx, app.services, done.id);
    expect(await people()).toEqual([]);
    expect(await customers('壬一有限公司')).toEqual([]);
  });
});

describe('taking back', () => {
  const find = async (q: string) =>
    (
      await searchDocs(ctx.db, {
        q,
        entities: [{ entity: 'customer', scope: { all: true }, classes: ['name'] }],
      })
    ).groups.flatMap(({ items }) => items);

  test('what was made is gone from everywhere, what was changed is as before', async () => {
    const before = await createRecord(ctx, 'customer', {
      name: '癸一有限公司',
      city: '杭州',
      phone: '13400000001',
    });
    const done = await run(
      'customer',
      csv(['名称', '城市', '标签'], ['癸一有限公司', '宁波', '癸标签'], ['癸二有限公司', '温州', '']),
      { onDuplicate: 'update' },
    );
    expect(done.counts).toMatchObject({ created: 1, updated: 1 });
    expect(await find('癸二')).toHaveLength(1);
    const undone = await undoImport(ctx, app.services, done.id);
    expect(undone).toMatchObject({ removed: 2, restored: 1, conflicts: [] });
    expect(await readRecord(ctx, 'customer', before.id)).toMatchObject({ city: '杭州', tags: [] });
    expect(await customers('癸二有限公司')).toEqual([]);
    expect(await find('癸二')).toEqual([]);
    expect(await rows(sql`select 1 from tag where name = '癸标签'`)).toEqual([]);
    expect(
      await rows(
        sql`select 1 from duplicate_key d where not exists (select from customer where id = d.record_id) and entity = 'customer'`,
      ),
    ).toEqual([]);
    expect((await undoImport(ctx, app.services, done.id)).removed).toBe(0);
    expect((await run('customer', csv(['名称'], ['癸二有限公司']))).counts).toMatchObject({ created: 1 });
  });

  test('what people changed or used since stays and is listed', async () => {
    const done = await run('customer', csv(['名称'], ['子一有限公司'], ['子二有限公司'], ['子三有限公司']));
    const [one] = await customers('子一有限公司');
    const [two] = await customers('子二有限公司');
    await updateRecord(ctx, 'customer', one?.id as string, { city: '杭州' }, null);
    await createRecord(ctx, 'contact', { name: '子联系人', customer: two?.id });
    const undone = await undoImport(ctx, app.services, done.id);
    expect(undone.removed).toBe(1);
    expect(undone.conflicts.map(({ title }) => title).sort()).toEqual(['子一有限公司', '子二有限公司']);
    expect(await customers('子三有限公司')).toEqual([]);
  });

  test('the audit tells of both, with the import as the cause', async () => {
    const done = await run('customer', csv(['名称'], ['丑一有限公司']));
    const [made] = await customers('丑一有限公司');
    await undoImport(ctx, app.services, done.id);
    expect(
      await rows(
        sql`select action, cause_kind, cause_id from audit_entry where record_id = ${made?.id} order by id`,
      ),
    ).toEqual([
      { action: 'create', cause_kind: 'import', cause_id: done.id },
      { action: 'erase', cause_kind: 'undo', cause_id: done.id },
    ]);
  });
});

describe('the check', () => {
  test('says beforehand what will become of every row, and changes nothing', async () => {
    await run('customer', csv(['名称'], ['寅一有限公司']));
    const file = fileOf(
      csv(
        ['名称', '邮箱', '上级公司'],
        ['寅一有限公司', '', ''],
        ['寅二有限公司', 'x', ''],
        ['寅三有限公司', '', '寅四有限公司'],
        ['寅四有限公司', '', ''],
      ),
    );
    const count = async () => (await rows<{ n: number }>(sql`select count(*) as n from customer`))[0]?.n;
    const before = await count();
    const record = await enter(ctx, 'customer', file);
    const checked = await checkImport(ctx, app.services, record.id);
    expect(await count()).toBe(before);
    const planned = await importRows(ctx, app.services, checked, { after: 0, limit: 10 });
    const done = await bring(ctx, app.services, 'customer', file);
    const { total, created, updated, skipped, failed } = checked.checked!;
    expect({ total, created, updated, skipped, failed }).toEqual(done.counts);
    const written = await importRows(ctx, app.services, done, { after: 0, limit: 10 });
    const outcomes = (page: typeof planned) =>
      page.items.map(({ line, outcome }) => `${line} ${outcome}`).sort();
    expect(outcomes(planned)).toEqual(outcomes(written));
  });

  test('an import that was not checked cannot run', async () => {
    const { id } = await enter(ctx, 'customer', fileOf(csv(['名称'], ['卯一有限公司'])));
    const { runImport } = await import('./import.ts');
    await expect(runImport(ctx, app.services, id)).rejects.toMatchObject({ code: 'import_not_checked' });
  });
});

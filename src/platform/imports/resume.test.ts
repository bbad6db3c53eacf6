import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import iconv from 'iconv-lite';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Context } from '../context/context.ts';
import { createRecord } from '../entity/records.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { stagedPath } from './folders.ts';
import { checkImport, runImport, undoImport } from './import.ts';
import { resultFile } from './result-file.ts';
import { bring, csv, enter, fileOf } from './testing/files.ts';

let app: TestApp;
let ctx: Context;

beforeAll(async () => {
  app = await startTestApp();
  ctx = await app.context();
});
afterAll(() => app?.stop());

const count = async (where = sql`true`) =>
  (
    await sql<{
      n: number;
    }>`select count(*) as n from customer where deleted_at is null and ${where}`.execute(ctx.db)
  ).rows[0]!.n;

/** A file of numbered companies. */
const many = (rows: number, prefix: string) =>
  csv(
    ['名称', '电话'],
    ...Array.from({ length: rows }, (_, at) => [
      `${prefix}${at}号有限公司`,
      `139${String(at).padStart(8, '0')}`,
    ]),
  );

describe('an interrupted import', () => {
  test('goes on behind what is committed, and doubles nothing', async () => {
    const { id } = await enter(ctx, 'customer', fileOf(many(7000, '断电')));
    await checkImport(ctx, app.services, id);
    const stop = new Error('power off');
    const broken = runImport(ctx, app.services, id, ({ phase, done }) => {
      if (phase === 'committing' && done >= 4000) throw stop;
    });
    await expect(broken).rejects.toBe(stop);
    const halfway = await count(sql`name like '断电%'`);
    expect(halfway).toBeGreaterThanOrEqual(4000);
    expect(halfway).toBeLessThan(7000);
    const done = await runImport(ctx, app.services, id);
    expect(done).toMatchObject({ state: 'done', counts: { total: 7000, created: 7000, failed: 0 } });
    expect(await count(sql`name like '断电%'`)).toBe(7000);
  });

  test('stopped while indexing, it has everything searchable in the end', async () => {
    const { id } = await enter(ctx, 'customer', fileOf(many(4500, '索引')));
    await checkImport(ctx, app.services, id);
    await expect(
      runImport(ctx, app.services, id, ({ phase, searchable }) => {
        if (phase === 'indexing' && searchable >= 2000) throw new Error('power off');
      }),
    ).rejects.toThrow('power off');
    await runImport(ctx, app.services, id);
    const { rows } = await sql<{
      n: number;
    }>`select count(*) as n from search_doc where title like '索引%'`.execute(ctx.db);
    expect(rows[0]?.n).toBe(4500);
  });

  test('taking back can be interrupted too', async () => {
    const done = await bring(ctx, app.services, 'customer', fileOf(many(4500, '撤销')));
    await expect(
      undoImport(ctx, app.services, done.id, () => {
        throw new Error('power off');
      }),
    ).rejects.toThrow('power off');
    expect(await count(sql`name like '撤销%'`)).toBeGreaterThan(0);
    expect(await undoImport(ctx, app.services, done.id)).toMatchObject({ conflicts: [] });
    expect(await count(sql`name like '撤销%'`)).toBe(0);
  });

  test('two processes cannot work on one import at the same time', async () => {
    const { id } = await enter(ctx, 'customer', fileOf(many(10, '同时')));
    await checkImport(ctx, app.services, id);
    const client = await app.services.pool.connect();
    try {
      await client.query('select pg_advisory_lock(7245060, hashtext($1))', [id]);
      await expect(runImport(ctx, app.services, id)).rejects.toMatchObject({ code: 'import_at_work' });
    } finally {
      client.release(true);
    }
  });
});

describe('a check whose process is gone', () => {
  const hanging = async () => {
    const { id } = await enter(ctx, 'customer', fileOf(many(1, '悬')));
    await sql`update import set state = 'checking' where id = ${id}`.execute(ctx.db);
    return id;
  };
  const seen = async (id: string) => (await app.administrator.get(`/imports/${id}`)).body;

  test('gives the import back with the reason, and it can be checked again', async () => {
    const id = await hanging();
    expect(await seen(id)).toMatchObject({ state: 'mapping', error: { code: 'import_check_interrupted' } });
    expect(await checkImport(ctx, app.services, id)).toMatchObject({ state: 'checked', error_code: null });
  });

  test('in the list as well', async () => {
    const id = await hanging();
    const { items } = (await app.administrator.get('/imports')).body;
    expect(items.find((each: { id: string }) => each.id === id).state).toBe('mapping');
  });

  test('is left alone while a process works on it, or its job will', async () => {
    const [worked, queued] = [await hanging(), await hanging()];
    const { rows } = await sql<{
      id: string;
    }>`insert into job (name, state) values ('import.check', 'running') returning id`.execute(ctx.db);
    await sql`update import set job_id = ${rows[0]?.id} where id = ${queued}`.execute(ctx.db);
    const client = await app.services.pool.connect();
    try {
      await client.query('select pg_advisory_lock(7245060, hashtext($1))', [worked]);
      expect((await seen(worked)).state).toBe('checking');
    } finally {
      client.release(true);
    }
    expect((await seen(queued)).state).toBe('checking');
    const again = await app.administrator.post(`/imports/${queued}/check`);
    expect(again.body.code).toBe('import_in_state');
  });

  test('an import whose job died for good can be run again, not while the job lives', async () => {
    const { id } = await enter(ctx, 'customer', fileOf(many(3, '再来')));
    await checkImport(ctx, app.services, id);
    const { rows } = await sql<{
      id: string;
    }>`insert into job (name, state) values ('import.run', 'running') returning id`.execute(ctx.db);
    await sql`update import set state = 'running', job_id = ${rows[0]?.id} where id = ${id}`.execute(ctx.db);
    expect((await app.administrator.post(`/imports/${id}/run`)).body.code).toBe('import_at_work');
    await sql`update job set state = 'failed' where id = ${rows[0]?.id}`.execute(ctx.db);
    expect((await app.administrator.post(`/imports/${id}/run`)).status).toBe(202);
  });
});

test('a value someone takes between check and run fails its own row only', async () => {
  const { id } = await enter(
    ctx,
    'product',
    fileOf(csv(['产品', '编码'], ['甲品', 'RACE-1'], ['乙品', 'RACE-2'])),
    { onDuplicate: 'create' },
  );
  await checkImport(ctx, app.services, id);
  await createRecord(ctx, 'product', { name: '抢先', code: 'RACE-2' });
  const done = await runImport(ctx, app.services, id);
  expect(done.counts).toEqual({ total: 2, created: 1, updated: 0, skipped: 0, failed: 1 });
});

test('failed rows come back as a file that can be corrected and imported', async () => {
  const done = await bring(
    ctx,
    app.services,
    'customer',
    fileOf(csv(['名称', '邮箱', '没有的列'], ['纠错有限公司', 'nobody', 'x'], ['正确有限公司', '', 'y'])),
  );
  expect(done.counts).toMatchObject({ created: 1, failed: 1 });
  const path = await resultFile(ctx, app.services, done);
  const text = await readFile(path as string, 'utf8');
  expect(text).toContain('纠错有限公司,nobody,x,邮箱：不是有效的邮箱地址。');
  expect(text).not.toContain('正确有限公司');
  const again = await bring(
    ctx,
    app.services,
    'customer',
    fileOf(text.replace('nobody', 'somebody@jiucuo.example')),
  );
  expect(again.counts).toMatchObject({ total: 1, created: 1 });
  expect(await resultFile(ctx, app.services, again)).toBeNull();
});

describe('files', () => {
  const table = csv(['客户名称', '城市'], ['编码测试有限公司', '龘靐']);
  test.each([
    ['UTF-8 with byte order mark', Buffer.from(`\ufeff${table}`)],
    ['GB18030', iconv.encode(table, 'gb18030')],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(table, 'utf-16le')])],
    ['semicolons', Buffer.from(table.replaceAll('","', '";"'))],
    ['tabs', Buffer.from(table.replaceAll('","', '"\t"'))],
  ])('%s', async (what, content) => {
    const name = `编码${what}有限公司`;
    const renamed =
      what.startsWith('UTF-16') || what === 'GB18030'
        ? content
        : Buffer.from(content.toString().replace('编码测试有限公司', name));
    const done = await bring(ctx, app.services, 'customer', fileOf(renamed), { onDuplicate: 'create' });
    expect(done.counts).toMatchObject({ total: 1, created: 1 });
    const { rows } = await sql<{
      city: string;
    }>`select city from customer where id = (select record_id from import_row
      where import_id = ${done.id} and part = 0)`.execute(ctx.db);
    expect(rows[0]?.city).toBe('龘靐');
  });

  test.each([
    ['empty', '', 'file_empty'],
    ['only a header', '名称,电话\n', 'file_without_rows'],
    ['a PDF', '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj', 'file_type_unsupported'],
    [
      'an open quote far down',
      `名称,备注\n${'甲有限公司,好\n'.repeat(5000)}乙有限公司,"没有结束\n${'丙,丁\n'.repeat(10)}`,
      'file_quote_open',
    ],
    ['no header', '13800138000,2024-01-01\n13800138001,2024-01-02', 'file_no_header'],
  ])('%s: refused, nothing changed', async (_what, content, code) => {
    const before = await count();
    await expect(bring(ctx, app.services, 'customer', fileOf(content))).rejects.toMatchObject({ code });
    expect(await count()).toBe(before);
    const { rows } =
      await sql`select 1 from import_row r join import i on i.id = r.import_id where i.state <> 'done'
      and i.state <> 'undone' and i.state <> 'running'`.execute(ctx.db);
    expect(rows).toEqual([]);
  });
});

describe('cost', () => {
  test('a part costs the same few statements, however many rows it has', async () => {
    const statements = vi.spyOn(pg.Client.prototype, 'query');
    const cost = async (rows: number, prefix: string) => {
      const { id } = await enter(ctx, 'customer', fileOf(many(rows, prefix)));
      statements.mockClear();
      await checkImport(ctx, app.services, id);
      await runImport(ctx, app.services, id);
      return statements.mock.calls.length;
    };
    await cost(10, '预热');
    const few = await cost(20, '少');
    const full = await cost(2000, '多');
    expect(full).toBeLessThanOrEqual(few + 5);
    expect(full).toBeLessThan(60);
    statements.mockRestore();
  });

  test('memory does not grow with the file', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { id } = await enter(ctx, 'customer', fileOf(many(20_000, '内存')));
    const heaps: number[] = [];
    await checkImport(ctx, app.services, id);
    await runImport(ctx, app.services, id, () => {
      collect();
      heaps.push(process.memoryUsage().heapUsed);
    });
    const middle = heaps.slice(2, Math.ceil(heaps.length / 2));
    const late = heaps.slice(Math.ceil(heaps.length / 2));
    const least = (values: number[]) => Math.min(...values);
    expect(least(late) - least(middle)).toBeLessThan(60 * 1024 * 1024);
    expect(await readFile(stagedPath(app.services, id)).catch(() => null)).toBeNull();
  }, 240_000);
});

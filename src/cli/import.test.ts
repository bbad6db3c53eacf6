import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../platform/testing/database.ts';

let database: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), 'guanxi-cli-'));

interface Ended {
  code: number | null;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever is printed
  json: any;
  errors: string;
}

/** Runs the command line as its own process, as a user does. */
function guanxi(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../main.ts'), ...args], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: database.url, GUANXI_DATA_DIR: join(folder, 'data') },
  });
  let [out, errors] = ['', ''];
  child.stdout.on('data', (part) => {
    out += part;
  });
  child.stderr.on('data', (part) => {
    errors += part;
  });
  return new Promise((done) => {
    child.on('close', (code) => {
      const last = out.trim().split('\n').at(-1) ?? '';
      done({ code, json: last.startsWith('{') ? JSON.parse(last) : out, errors });
    });
  });
}

const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

beforeAll(async () => {
  database = await createTestDatabase();
  const { code } = await guanxi(
    'setup',
    '--email',
    'lin@yunhe.example',
    '--password',
    'Quiet-River-88',
    '--json',
  );
  expect(code).toBe(0);
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('guanxi import', () => {
  const table = '公司名称,联系电话,邮箱\n甲有限公司,13800138000,\n乙有限公司,1.38E+10,\n甲 有限公司,,\n';

  test('imports, says what became of every row, and takes it back', async () => {
    const path = file('客户.csv', table);
    const done = await guanxi('import', 'customer', path, '--json');
    expect(done.code).toBe(0);
    expect(done.json).toMatchObject({ total: 3, created: 1, updated: 0, skipped: 1, failed: 1 });
    expect(done.json.seconds).toBeGreaterThan(0);
    const failed = readFileSync(done.json.resultFile, 'utf8');
    expect(failed).toContain('乙有限公司');
    const again = await guanxi('import', 'customer', path, '--json');
    expect(again.json).toMatchObject({ created: 0, skipped: 2, failed: 1 });
    const undone = await guanxi('import', '--undo', done.json.undoId, '--json');
    expect(undone.json).toMatchObject({ outcome: 'undone', removed: 1, restored: 0, conflicts: [] });
    const list = await guanxi('export', 'customer', '--output', 'leer.csv', '--json');
    expect(list.json).toMatchObject({ rows: 0 });
  });

  test('a dry run gives the same outcomes and changes nothing', async () => {
    const path = file('dry.csv', table);
    const dry = await guanxi('import', 'customer', path, '--dry-run', '--json');
    expect(dry.json).toMatchObject({
      total: 3,
      created: 1,
      skipped: 1,
      failed: 1,
      undoId: null,
      resultFile: null,
    });
    expect((await guanxi('import', 'customer', path, '--dry-run', '--json')).json).toMatchObject({
      created: 1,
    });
  });

  test('what is written otherwise, and what has no rate, is told and not asked, in a dry run too', async () => {
    await guanxi('import', 'product', file('p.csv', '产品名称,标准价\nGTX Pro,100\n'), '--json');
    const path = file('o.csv', '商机名称,产品,金额\n甲单,GTXPro,100\n乙单,gtx pro,200\n丙单,GTX Pro,300\n');
    const args = ['import', 'opportunity', path, '--currency', 'GBP'];
    const matched = {
      products: [
        { text: 'GTXPro', title: 'GTX Pro', rows: 1 },
        { text: 'gtx pro', title: 'GTX Pro', rows: 1 },
      ],
    };
    const dry = await guanxi(...args, '--dry-run', '--json');
    expect(dry).toMatchObject({
      code: 0,
      json: { total: 3, matched, unrated: [{ currency: 'GBP', rows: 3 }] },
    });
    const read = await guanxi(...args, '--dry-run');
    expect(read.errors).toContain('GTXPro → GTX Pro（1 行）');
    expect(read.errors).toMatch(/GBP 没有汇率：3 行的金额按原币导入.*基础资料 → 汇率/);
    expect((await guanxi(...args, '--json')).json).toMatchObject({ created: 3, matched });
  });

  test('what is open is asked, with exit code 3 and the option that answers it', async () => {
    const path = file('asks.csv', '任务,截止日期\n寄样品,3/5/2024\n');
    const asked = await guanxi('import', 'task', path, '--json');
    expect(asked.code).toBe(3);
    expect(asked.json).toMatchObject({
      outcome: 'asks',
      questions: [
        {
          column: '截止日期',
          code: 'which_date_order',
          option: '--date-order',
          choices: [{ value: 'mdy' }, { value: 'dmy' }, { value: 'ymd' }],
        },
      ],
    });
    expect((await guanxi('import', 'task', path, '--date-order', 'mdy', '--json')).json).toMatchObject({
      created: 1,
    });
    const column = await guanxi(
      'import',
      'customer',
      file('unknown.csv', '甲列,乙列\n丁有限公司,备注\n'),
      '--json',
    );
    expect(column).toMatchObject({
      code: 3,
      json: { questions: [{ code: 'which_column', option: '--map' }] },
    });
    const { value, label } = column.json.questions[0].choices[0];
    expect([value, label]).toEqual(['name=甲列', '甲列']);
    expect(
      (await guanxi('import', 'customer', join(folder, 'unknown.csv'), '--map', value, '--json')).json,
    ).toMatchObject({ created: 1 });
  });

  test.each([
    ['a missing file', ['import', 'customer', 'nowhere.csv'], 'file_missing'],
    ['an unknown record type', ['import', 'nothing', 'x.csv'], 'unknown_entity'],
    ['a bad mode', ['import', 'customer', 'x.csv', '--mode', 'replace'], 'invalid'],
    ['an unknown person', ['import', 'customer', 'x.csv', '--as', 'nobody@yunhe.example'], 'not_found'],
    ['an unknown field', ['import', 'customer', 'x.csv', '--map', 'nothing=名称'], 'invalid'],
    ['no import', ['import', '--undo', 'x'], 'not_found'],
    ['nothing to import', ['import'], 'import_what'],
  ])('%s: exit code 2, refused', async (_what, args, code) => {
    file('x.csv', '名称\n戊有限公司\n');
    const refused = await guanxi(...args, '--json');
    expect(refused).toMatchObject({ code: 2, json: { outcome: 'refused', code } });
    expect(refused.json.message).toMatch(/ · /);
  });

  test('a mapping file names columns, and leaves some out', async () => {
    const mapping = file('mapping.json', JSON.stringify({ 单位: 'name', 电话: null, 说明: 'remark' }));
    const path = file('mapped.csv', '单位,电话,说明\n己有限公司,1.38E+10,好\n');
    const done = await guanxi('import', 'customer', path, '--mapping', mapping, '--json');
    expect(done.json).toMatchObject({ created: 1, failed: 0, ignoredColumns: ['电话'] });
    expect(await guanxi('import', 'customer', path, '--mapping', path, '--json')).toMatchObject({
      code: 2,
      json: { code: 'mapping_unreadable' },
    });
  });
});

test('guanxi export writes a file that imports without a change', async () => {
  const done = await guanxi('export', 'customer', '--output', 'alle.xlsx', '--json');
  expect(done.json.rows).toBeGreaterThan(0);
  const back = await guanxi(
    'import',
    'customer',
    'alle.xlsx',
    '--mode',
    'upsert',
    '--key',
    'number',
    '--json',
  );
  expect(back.json).toMatchObject({ total: done.json.rows, skipped: done.json.rows, updated: 0, failed: 0 });
  const some = await guanxi(
    'export',
    'customer',
    '--filter',
    '{"field":"name","op":"contains","value":"己有限"}',
    '--columns',
    'name',
    '--output',
    'eine.csv',
    '--json',
  );
  expect(some.json.rows).toBe(1);
  expect(await guanxi('export', 'customer', '--filter', 'nothing', '--json')).toMatchObject({
    code: 1,
    json: { code: 'bad_filter' },
  });
});

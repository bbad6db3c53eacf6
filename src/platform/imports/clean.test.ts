import { mkdirSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context/context.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { cleanImports } from './clean.ts';
import { importFolder, importsFolder } from './folders.ts';
import { checkImport, runImport, undoImport } from './import.ts';
import { resultFile } from './result-file.ts';
import { importOf } from './store.ts';
import { bring, csv, enter, fileOf } from './testing/files.ts';

let app: TestApp;
let ctx: Context;

beforeAll(async () => {
  app = await startTestApp();
  ctx = await app.context();
});
afterAll(() => app?.stop());

const cleanIn = (days: number) =>
  cleanImports(app.services, Temporal.Now.instant().add({ hours: days * 24 }));
const journal = async (id: string) =>
  (await sql`select from import_row where import_id = ${id}`.execute(ctx.db)).rows.length;
const sheet = (name: string) => csv(['名称', '邮箱'], [`${name}甲公司`, ''], [`${name}乙公司`, '坏邮箱']);

test('what lines did, the way back and the files go after thirty days; the counts stay', async () => {
  const { id } = await bring(ctx, app.services, 'customer', fileOf(sheet('旧')));
  await resultFile(ctx, app.services, await importOf(ctx, id));
  mkdirSync(join(importsFolder(app.services), 'check-gone'));
  await cleanIn(2);
  expect(await journal(id)).toBe(2);
  expect(readdirSync(importsFolder(app.services))).toContain(id);
  expect(readdirSync(importsFolder(app.services))).not.toContain('check-gone');

  await cleanIn(31);
  expect(await journal(id)).toBe(0);
  expect(readdirSync(importsFolder(app.services))).toEqual([]);
  const old = await importOf(ctx, id);
  expect(old).toMatchObject({ state: 'done', counts: { total: 2, created: 1, failed: 1 } });
  const tooOld = { code: 'import_too_old', params: { days: 30 } };
  await expect(undoImport(ctx, app.services, id)).rejects.toMatchObject(tooOld);
  await expect(resultFile(ctx, app.services, old)).rejects.toMatchObject(tooOld);
  const answer = await app.administrator.post(`/imports/${id}/undo`);
  expect([answer.status, answer.body.code]).toEqual([409, 'import_too_old']);
  expect((await app.administrator.get('/customers?q=旧甲公司')).body.items).toHaveLength(1);
  await cleanIn(31);
});

test('one that never ended is over then, with the sums of what it did', async () => {
  const { id } = await enter(ctx, 'customer', fileOf(sheet('断')));
  await checkImport(ctx, app.services, id);
  const broken = runImport(ctx, app.services, id, () => {
    throw new Error('power off');
  });
  await expect(broken).rejects.toThrow('power off');
  await cleanIn(31);
  expect(await importOf(ctx, id)).toMatchObject({ state: 'failed', counts: { total: 2, created: 1 } });
});

test('the failed rows are written once; after something was erased without it, and the old file goes', async () => {
  const { id } = await bring(ctx, app.services, 'customer', fileOf(sheet('件')));
  const get = async () => (await resultFile(ctx, app.services, await importOf(ctx, id))) as string;
  const first = await get();
  utimesSync(first, 1, 1);
  expect(await get()).toBe(first);
  expect(statSync(first).mtimeMs).toBe(1000);

  const { id: same } = await app.administrator.create('customers', { name: '件乙公司' });
  await app.administrator.delete(`/customers/${same}`);
  await app.administrator.delete(`/customers/${same}?forever=true`);
  const second = await get();
  expect(second).not.toBe(first);
  const folder = importFolder(app.services, id);
  expect(readdirSync(folder)).toHaveLength(2);
  await cleanIn(0);
  expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([second]);
});

test('once an import has ended, neither the file sent nor its rows as checked are kept', async () => {
  const content = `--b\r\ncontent-disposition: form-data; name="entity"\r\n\r\ncustomer\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${sheet('传')}\r\n--b--\r\n`;
  const sent = await app.server.inject({
    method: 'POST',
    url: '/api/v1/imports',
    headers: {
      authorization: `Bearer ${app.administrator.key}`,
      'content-type': 'multipart/form-data; boundary=b',
    },
    payload: content,
  });
  const { id } = JSON.parse(sent.body);
  const folder = importFolder(app.services, id);
  expect(readdirSync(folder)).toEqual(['source']);
  await checkImport(ctx, app.services, id);
  expect(readdirSync(folder).sort()).toEqual(['source', 'staged.ndjson']);
  await runImport(ctx, app.services, id);
  expect(readdirSync(folder)).toEqual([]);
});

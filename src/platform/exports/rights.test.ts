import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Permissions } from '../access/permissions.ts';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { type ExportQuery, writeExport } from './export.ts';
import { insertExport, updateExport } from './store.ts';

let house: TestApp;
let ids: string[];

beforeAll(async () => {
  house = await startTestApp();
  const { administrator } = house;
  const other = await administrator.create('customers', { name: '别人的', phone: '13812345678' });
  ids = [other.id];
});
afterAll(() => house.stop());

async function exported(person: Person, query: ExportQuery = {}): Promise<string> {
  const out = new PassThrough();
  const written = text(out);
  // What breaks off the writing also breaks off the reading; the writing says why.
  written.catch(() => {});
  await writeExport(await house.contextOf(person), 'customer', query, 'csv', out);
  return written;
}

const may = (actions: object, fields = {}): Permissions => ({
  entities: { customer: { actions: { create: 'all', ...actions }, fields } },
});

describe('an export holds', () => {
  test('no record that may not be read, however far the right to export reaches', async () => {
    const person = await house.person(may({ read: 'self', export: 'all' }));
    await person.create('customers', { name: '自己的' });
    for (const query of [{}, { ids }, { q: '的' }]) {
      expect(await exported(person, query)).not.toContain('别人的');
    }
    expect(await exported(person)).toContain('自己的');
  });

  test('no record that may be read but not exported', async () => {
    const person = await house.person(may({ read: 'all', export: 'self' }));
    await person.create('customers', { name: '我的' });
    for (const query of [{}, { ids }]) expect(await exported(person, query)).not.toContain('别人的');
    expect(await exported(person)).toContain('我的');
  });

  test.each(['hidden', 'masked'] as const)('a %s field as everywhere', async (right) => {
    const person = await house.person(may({ read: 'all', export: 'all' }, { phone: right }));
    const file = await exported(person);
    expect(file).not.toContain('13812345678');
    expect(file.includes('138****5678')).toBe(right === 'masked');
    const asked = exported(person, { filter: { field: 'phone', op: 'startsWith', value: '138' } });
    await expect(asked).rejects.toMatchObject({ status: right === 'masked' ? 403 : 400 });
  });
});

test('a file is not given out once the right to export is gone', async () => {
  const person = await house.person(may({ read: 'all', export: 'all' }));
  const ctx = await house.contextOf(person);
  const values = { entity: 'customer', format: 'csv', query: {}, file_name: 'x.csv' } as const;
  const { id } = await insertExport(ctx, values);
  await updateExport(ctx.db, id, { state: 'done' });
  expect((await person.get(`/exports/${id}/content`)).status).toBe(404);
  await house.administrator.patch(`/users/${person.id}`, { roles: [] });
  expect((await person.get(`/exports/${id}/content`)).status).toBe(403);
});

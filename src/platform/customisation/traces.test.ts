import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bring, csv, fileOf } from '../imports/testing/files.ts';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { placesOf } from '../testing/places.ts';

let house: TestApp;
let admin: Person;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house?.stop());

test('a record type destroyed leaves nothing of its records behind', async () => {
  const { db } = house.services;
  const made = await admin.post('/record-types', {
    label: '设备',
    scope: 'child',
    parent: 'customer',
    timeline: true,
    fields: [{ label: '说明', kind: 'text', searchable: true }],
  });
  expect([made.status, made.body.code]).toEqual([201, undefined]);
  const { id, name, plural, fields } = made.body;
  const note = fields[0].name;
  const customer = await admin.create('customers', { name: '盛达机械' });
  const body = { name: '镗铣鏊床', [note]: '铿锵说明', customer: customer.id };
  const once = { 'idempotency-key': 'device' };
  const first = await admin.post(`/${plural}`, body, once);
  expect(first.status).toBe(201);
  await admin.patch(`/${plural}/${first.body.id}`, { [note]: '铿锵改过' });
  await admin.post(`/${plural}/mass-update`, { ids: [first.body.id], set: { [note]: '铿锵又改' } });
  const ctx = await house.context();
  const sheet = csv(['名称', '说明'], ['镗铣二号', '铿锵二号'], ['', '铿锵无名']);
  expect((await bring(ctx, house.services, name, fileOf(sheet))).counts).toMatchObject({
    created: 1,
    failed: 1,
  });
  await admin.post('/views', {
    entity: name,
    name: '找铿锵',
    definition: { filter: { field: note, op: 'eq', value: '铿锵二号' } },
  });
  const values = ['镗铣', '铿锵'];
  expect(await placesOf(db, values)).toEqual(
    expect.arrayContaining([
      'import_row.cells',
      'idempotency.body',
      'undo_row.before',
      'search_doc.folded',
      'saved_view.definition',
    ]),
  );

  await admin.delete(`/record-types/${id}`);
  expect((await admin.delete(`/record-types/${id}?confirm=2`)).status).toBe(204);
  expect(await placesOf(db, values)).toEqual([]);
  const left = await sql`select 'key' as what from duplicate_key where entity = ${name}
    union all select 'timeline' from timeline where ${name} in (entity, root_entity)
    union all select 'search' from search_doc where entity = ${name}
    union all select 'import' from import where entity = ${name}`.execute(db);
  expect(left.rows).toEqual([]);
  expect((await admin.post(`/${plural}`, body, once)).status).toBe(410);
  expect((await admin.get(`/customers/${customer.id}/timeline`)).status).toBe(200);
});

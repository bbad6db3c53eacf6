import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context/context.ts';
import { checkImport, runImport, undoImport } from '../imports/import.ts';
import { bring, csv, enter, fileOf } from '../imports/testing/files.ts';
import { eventually, type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { placesOf as placesIn } from '../testing/places.ts';

let house: TestApp;
let admin: Person;
let ctx: Context;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  ctx = await house.context();
  await house.app.startBackground();
});
afterAll(() => house?.stop());

const placesOf = (values: readonly string[]) => placesIn(ctx.db, values);

const finished = (path: string) => eventually(async () => (await admin.get(path)).body.state === 'done', 30);

test('an erased customer stands nowhere any more: not its values, nor those of what hung on it', async () => {
  const values = [
    '鎏焱麒麟',
    '13977665544',
    'qilin@liuyan.example',
    '慕容雪鸢',
    '13566778899',
    '谈了鎏金订单',
  ];
  const line = ['鎏焱麒麟有限公司', '139 7766 5544', 'qilin@liuyan.example'];
  const header = ['名称', '电话', '邮箱'];
  const broken = await bring(ctx, house.services, 'customer', fileOf(csv(header, [line[0]!, line[1]!, '@'])));
  expect(broken.counts).toMatchObject({ failed: 1 });
  await bring(ctx, house.services, 'customer', fileOf(csv(header, line)));
  await bring(ctx, house.services, 'customer', fileOf(csv([...header, '城市'], [...line, '宁波'])), {
    onDuplicate: 'update',
  });
  const { rows: made } = await sql<{ id: string }>`select id from customer where email = ${line[2]}`.execute(
    ctx.db,
  );
  const id = made[0]!.id;
  await admin.patch(`/customers/${id}`, { remark: '鎏焱麒麟的备注' });
  await admin.post('/customers/mass-update', { ids: [id], set: { remark: '13977665544 再打' } });
  const once = { 'idempotency-key': 'contact' };
  const contact = { name: '慕容雪鸢', phone: '13566778899', customer: id };
  const answer = await admin.post('/contacts', contact, once);
  expect(answer.status).toBe(201);
  await admin.create('activities', { subject: '谈了鎏金订单', customer: id, contacts: [answer.body.id] });
  const taken = await admin.post('/exports', { entity: 'customer', format: 'csv' });
  await finished(`/exports/${taken.body.id}`);
  const changed = await bring(
    ctx,
    house.services,
    'customer',
    fileOf(csv([...header, '城市'], [...line, '温州'])),
    { onDuplicate: 'update' },
  );
  const before = await placesOf(values);
  expect(before).toEqual(
    expect.arrayContaining([
      'customer.name',
      'contact.phone',
      'import_row.before',
      'import_row.cells',
      'idempotency.body',
      'undo_row.before',
      'search_doc.folded',
    ]),
  );
  expect(before.some((place) => place.startsWith('audit_value'))).toBe(true);

  await admin.delete(`/customers/${id}`);
  expect((await admin.delete(`/customers/${id}?forever=true`)).status).toBe(204);
  expect(await placesOf(values)).toEqual([]);
  const { rows: named } = await sql`select from timeline where root_id = ${id}`.execute(ctx.db);
  expect(named).toEqual([]);
  const { rows: keys } = await sql`select from duplicate_key where record_id = ${id}`.execute(ctx.db);
  expect(keys).toEqual([]);

  // Nothing is made again by a request that was kept, and files of before are withdrawn.
  const again = await admin.post('/contacts', contact, once);
  expect([again.status, again.body.code]).toEqual([410, 'record_erased']);
  expect((await admin.get(`/exports/${taken.body.id}/content`)).status).toBe(404);
  expect((await admin.get(`/imports/${broken.id}/result`)).body).not.toContain('鎏焱');

  // What was erased cannot be as it was before an import: taking that back says so.
  const { conflicts, restored } = await undoImport(ctx, house.services, changed.id);
  expect([restored, conflicts]).toEqual([0, [{ entity: 'customer', id, title: '（已彻底删除）' }]]);
});

test('names an import was to make are erased once it has ended', async () => {
  const { id } = await enter(ctx, 'customer', fileOf(csv(['名称', '上级公司'], ['子甲公司', '鋆鑫母公司'])), {
    createMissing: ['parent'],
  });
  await checkImport(ctx, house.services, id);
  const done = await runImport(ctx, house.services, id);
  expect(done.checked?.missing).toEqual({ parent: ['鋆鑫母公司'] });
  const { rows } = await sql<{
    id: string;
  }>`update customer set parent_id = null where name = '子甲公司' returning id`.execute(ctx.db);
  const { rows: parents } = await sql<{
    id: string;
  }>`select id from customer where name = '鋆鑫母公司'`.execute(ctx.db);
  const parent = parents[0]!.id;
  await admin.delete(`/customers/${parent}`);
  expect((await admin.delete(`/customers/${parent}?forever=true`)).status).toBe(204);
  expect(await placesOf(['鋆鑫母公司'])).toEqual([]);
  // The other record of the import can still be taken back.
  expect(rows).toHaveLength(1);
  expect(await undoImport(ctx, house.services, id)).toMatchObject({ removed: 1 });
});

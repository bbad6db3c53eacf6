import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { checkImport, runImport, undoImport } from '../imports/import.ts';
import { bring, csv, enter, fileOf } from '../imports/testing/files.ts';
import { eventually, type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { changeRows, lockRows } from './records.ts';
import { entityNamed } from './registry.ts';

let house: TestApp;
let admin: Person;
let other: Person;
let ctx: Context;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  ctx = await house.context();
  other = await house.person({
    entities: { customer: { actions: { read: 'self' } }, contact: { actions: { read: 'self' } } },
  });
});
afterAll(() => house?.stop());

const someoneWaits = () =>
  eventually(
    async () =>
      (
        await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
          house.services.db,
        )
      ).rows.length > 0,
  );

/** Gives customers away while `meanwhile` is under way: it begins when they are locked and the transfer ends when it waits. */
async function transferWhile<T>(ids: string[], meanwhile: () => Promise<T>): Promise<T> {
  const customer = entityNamed(ctx.registry, 'customer');
  let work: Promise<T> | undefined;
  await inTransaction(ctx, async (inner) => {
    const rows = await lockRows(inner, customer, ids);
    work = meanwhile();
    await someoneWaits();
    await changeRows(
      inner,
      customer,
      rows.map((row) => ({ row, values: { owner: other.id } })),
    );
  });
  return work as Promise<T>;
}

async function customerWith(name: string) {
  const customer = await admin.create('customers', { name: `${name}公司` });
  const contact = await admin.create('contacts', { name: `${name}联系人`, customer: customer.id });
  return { customer: customer.id, contact: contact.id };
}

const seenByOther = async (contact: string) => (await other.get(`/contacts/${contact}`)).status;

test('during a transfer: a change that names the same customer again waits, is done, and follows the new owner', async () => {
  const { customer, contact } = await customerWith('等待');
  const answer = await transferWhile([customer], () =>
    admin.patch(`/contacts/${contact}`, { customer, jobTitle: '总监' }),
  );
  expect([answer.status, answer.body.code]).toEqual([200, undefined]);
  expect((await admin.get(`/contacts/${contact}`)).body.jobTitle).toBe('总监');
  expect(await seenByOther(contact)).toBe(200);
});

test('during a transfer: many at once that name the same customer again', async () => {
  const { customer, contact } = await customerWith('成批');
  const answer = await transferWhile([customer], () =>
    admin.post('/contacts/mass-update', { ids: [contact], set: { customer, jobTitle: '经理' } }),
  );
  expect([answer.status, answer.body.done]).toEqual([200, 1]);
  expect((await admin.get(`/contacts/${contact}`)).body.jobTitle).toBe('经理');
  expect(await seenByOther(contact)).toBe(200);
});

test('during a transfer: an import of customers and contacts is taken back', async () => {
  const { customer } = await customerWith('撤回');
  const sheet = csv(['客户名称', '城市', '联系人姓名'], ['撤回公司', '宁波', '撤回新人']);
  const done = await bring(ctx, house.services, 'customer', fileOf(sheet), { onDuplicate: 'update' });
  expect(done.counts).toMatchObject({ updated: 1 });
  const undone = await transferWhile([customer], () => undoImport(ctx, house.services, done.id));
  expect(undone).toMatchObject({ removed: 1, conflicts: [{ id: customer }] });
});

test('during a transfer of both: a contact goes from one customer to the other', async () => {
  const from = await customerWith('离开');
  const to = await customerWith('到达');
  const answer = await transferWhile([from.customer, to.customer], () =>
    admin.patch(`/contacts/${from.contact}`, { customer: to.customer }),
  );
  expect([answer.status, answer.body.code]).toEqual([200, undefined]);
  expect(await seenByOther(from.contact)).toBe(200);
});

test('during a transfer: a contact comes back from the recycle bin', async () => {
  const { customer, contact } = await customerWith('回来');
  await admin.delete(`/contacts/${contact}`);
  const answer = await transferWhile([customer], () => admin.post(`/contacts/${contact}/restore`));
  expect([answer.status, answer.body.code]).toEqual([200, undefined]);
  expect(await seenByOther(contact)).toBe(200);
});

test('during a transfer of both: an import hangs a contact on the other customer', async () => {
  const from = await customerWith('导出');
  const to = await customerWith('导入');
  await admin.patch(`/contacts/${from.contact}`, { phone: '13800020002' });
  const sheet = csv(['姓名', '客户', '电话'], ['导出联系人', '导入公司', '13800020002']);
  const { id } = await enter(ctx, 'contact', fileOf(sheet), { mode: 'upsert', key: 'phone' });
  await checkImport(ctx, house.services, id);
  const done = await transferWhile([from.customer, to.customer], () => runImport(ctx, house.services, id));
  expect(done.counts).toMatchObject({ updated: 1 });
  expect((await admin.get(`/contacts/${from.contact}`)).body.customer.id).toBe(to.customer);
  expect(await seenByOther(from.contact)).toBe(200);
});

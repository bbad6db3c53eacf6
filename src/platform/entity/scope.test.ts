import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../context/transaction.ts';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { createRecord } from './records.ts';

/** Whose a record is follows from its owner, and of what hangs on another from that one. */
let house: TestApp;
let admin: Person;
let east: string;
let north: string;
let seller: Person;
let buddy: Person;
const ALL = { read: 'all', create: 'all', update: 'all' } as const;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  [east, north] = [await house.department('华东'), await house.department('华北')];
  seller = await house.person({ entities: { customer: { actions: ALL } } }, { department: east });
  buddy = await house.person({ entities: { customer: { actions: ALL } } }, { department: north });
});
afterAll(() => house.stop());

const place = async (id: string) => {
  const { rows } = await sql`select owner_id as owner, root_owner_id as root, department_id as department,
    deleted_at is not null as deleted from contact where id = ${id}`.execute(house.services.db);
  return rows[0];
};

describe('a contact', () => {
  test('stays in the department of its customer, whatever is written', async () => {
    const customer = await admin.create('customers', { name: '部门公司', owner: seller.id });
    const { id } = await admin.create('contacts', { name: '张三', customer: customer.id, department: north });
    expect(await place(id)).toMatchObject({ root: seller.id, department: east });
    const answer = await admin.patch(`/contacts/${id}`, { department: north, owner: buddy.id });
    expect(answer.body.department.id).toBe(east);
    expect(await place(id)).toMatchObject({ owner: buddy.id, root: seller.id, department: east });
  });

  test('of a customer of nobody gets no department by its own owner', async () => {
    const customer = await admin.create('customers', { name: '无主公司', owner: null });
    const { id } = await admin.create('contacts', { name: '李四', customer: customer.id });
    await admin.patch(`/contacts/${id}`, { owner: buddy.id });
    expect(await place(id)).toMatchObject({ owner: buddy.id, root: null, department: null });
  });

  test('taken from its customer is its owner’s, no longer the customer’s department’s', async () => {
    const customer = await admin.create('customers', { name: '旧东家', owner: seller.id });
    const { id } = await admin.create('contacts', { name: '王五', customer: customer.id, owner: buddy.id });
    await admin.patch(`/contacts/${id}`, { customer: null });
    expect(await place(id)).toMatchObject({ owner: buddy.id, root: buddy.id, department: north });
  });

  test('does not come back to a customer in the recycle bin', async () => {
    const customer = await admin.create('customers', { name: '回收公司' });
    const { id } = await admin.create('contacts', { name: '赵六', customer: customer.id });
    await admin.delete(`/customers/${customer.id}`);
    const refused = await admin.post(`/contacts/${id}/restore`);
    expect([refused.status, refused.body.code]).toEqual([409, 'root_deleted']);
    await admin.post(`/customers/${customer.id}/restore`);
    expect(await place(id)).toMatchObject({ deleted: false });
  });

  test.each<[string, (id: string) => Promise<unknown>, () => object]>([
    [
      'given away',
      (id) => admin.post(`/customers/${id}/transfer`, { owner: buddy.id }),
      () => ({ root: buddy.id, department: north, deleted: false }),
    ],
    ['deleted', (id) => admin.delete(`/customers/${id}`), () => ({ deleted: true })],
  ])('made while its customer is being %s goes along', async (_what, change, expected) => {
    const customer = await admin.create('customers', { name: '同时公司', owner: seller.id });
    let changed: Promise<unknown> = Promise.resolve();
    const { id } = await inTransaction(await house.context(), async (ctx) => {
      const record = await createRecord(ctx, 'contact', { name: '同时', customer: customer.id });
      changed = change(customer.id);
      await pause(200);
      return record;
    });
    await changed;
    expect(await place(id)).toMatchObject(expected());
  });
});

describe('a customer', () => {
  test('given to another goes to his department, and the audit says so', async () => {
    const { id } = await admin.create('customers', { name: '移交公司', owner: seller.id });
    await admin.post(`/customers/${id}/transfer`, { owner: buddy.id });
    const [entry] = (await admin.get(`/audit?recordId=${id}`)).body.items;
    expect(entry.changes).toMatchObject([
      { field: 'owner', before: { id: seller.id }, after: { id: buddy.id } },
      { field: 'department', before: { id: east }, after: { id: north } },
    ]);
  });

  test('that loses its owner stays with the department', async () => {
    const { id } = await admin.create('customers', { name: '待分配公司', owner: seller.id });
    const { body } = await admin.patch(`/customers/${id}`, { owner: null });
    expect([body.owner, body.department.id]).toEqual([null, east]);
  });
});

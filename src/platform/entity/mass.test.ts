import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let admin: Person;
/** Reads the whole department, changes and deletes his own. */
let seller: Person;
let buddy: Person;
let department: string;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  department = await house.department('华东');
  const customer = {
    actions: { read: 'department', create: 'department', update: 'self', delete: 'self', transfer: 'self' },
    fields: { taxNumber: 'read' },
  } as const;
  const entities = { customer, contact: customer, tag: { actions: { read: 'all' } } } as const;
  seller = await house.person({ entities }, { department });
  buddy = await house.person({ entities }, { department });
});
afterAll(() => house.stop());

const customers = (who: Person, ...names: string[]) =>
  Promise.all(names.map(async (name) => (await who.create('customers', { name })).id));
const read = async (id: string) => (await admin.get(`/customers/${id}`)).body;
const update = (who: Person, ids: string[], change: object) =>
  who.post('/customers/mass-update', { ids, ...change });
const undo = (who: Person, id: string) => who.post(`/undo/${id}`);

describe('changing many', () => {
  test('does what may be done and names the rest with the reason', async () => {
    const [mine] = await customers(seller, '自己的');
    const [his] = await customers(buddy, '同事的');
    const [hidden] = await customers(admin, '看不到的');
    const { status, body } = await update(seller, [mine, his, hidden] as string[], {
      set: { remark: '一起' },
    });
    expect([status, body.done]).toEqual([200, 1]);
    expect(body.failed).toEqual([
      { id: hidden, code: 'not_found', message: expect.stringContaining('找不到这条记录') },
      { id: his, code: 'forbidden', message: expect.stringContaining('没有权限') },
    ]);
    expect([(await read(mine as string)).remark, (await read(his as string)).remark]).toEqual(['一起', null]);
    expect((await read(hidden as string)).version).toBe(1);
  });

  test('as many ids as one answer waits for: those out of sight are named as not found', async () => {
    const [mine] = await customers(seller, '千里挑一');
    const strangers = Array.from(
      { length: 199 },
      (_, n) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    );
    const { body } = await update(seller, [mine as string, ...strangers], { set: { remark: '找到' } });
    expect(body.done).toBe(1);
    expect(body.failed).toHaveLength(199);
    expect(body.failed[0]).toMatchObject({ code: 'not_found' });
  });

  test('a value that does not fit one record stops that one only', async () => {
    const [root, leaf] = (await customers(admin, '总公司', '分公司')) as [string, string];
    const { body } = await update(admin, [root, leaf], { set: { parent: root } });
    expect(body).toMatchObject({ done: 1, failed: [{ id: root, code: 'parent_circle' }] });
    expect((await read(leaf)).parent).toMatchObject({ id: root });
  });

  test('a unique value goes to one; the others are named', async () => {
    const ids = await Promise.all(
      ['一', '二', '三'].map(async (name) => (await admin.create('products', { name })).id),
    );
    const { status, body } = await admin.post('/products/mass-update', { ids, set: { code: 'DX-1' } });
    expect([status, body.done, body.failed.length]).toEqual([200, 1, 2]);
    expect(body.failed[0]).toMatchObject({ code: 'not_unique', errors: [{ path: 'code' }] });
    const { items } = (await admin.get('/products?sort=name')).body;
    expect(items.filter((item: { code: string | null }) => item.code === 'DX-1')).toHaveLength(1);
  });

  test('tags are added and taken off, the others stay', async () => {
    const [a, b, c] = await Promise.all(
      ['甲', '乙', '丙'].map(async (name) => (await admin.create('tags', { name })).id),
    );
    const ids = await customers(admin, '标一', '标二');
    await update(admin, [ids[0] as string], { set: { tags: [a, b] } });
    const { body } = await update(admin, ids, { add: { tags: [c] }, remove: { tags: [a] } });
    expect(body.done).toBe(2);
    const tags = async (id?: string) =>
      (await read(id as string)).tags.map((tag: { title: string }) => tag.title);
    expect([await tags(ids[0]), await tags(ids[1])]).toEqual([['乙', '丙'], ['丙']]);
    await undo(admin, body.undoId);
    expect([await tags(ids[0]), await tags(ids[1])]).toEqual([['甲', '乙'], []]);
  });

  test('records that are so already count as done, keep their version and need no undo', async () => {
    const ids = await customers(admin, '早已如此');
    await update(admin, ids, { set: { remark: '好' } });
    const { body } = await update(admin, ids, { set: { remark: '好' } });
    expect(body).toEqual({ done: 1, failed: [] });
    expect((await read(ids[0] as string)).version).toBe(2);
  });

  test.each<[string, object, number, string]>([
    ['nothing selected', { set: { remark: 'x' } }, 422, 'nothing_selected'],
    ['no ids', { ids: [], set: { remark: 'x' } }, 422, 'invalid'],
    ['a filter that says nothing', { filter: { or: [{ and: [] }] } }, 422, 'nothing_selected'],
    ['no filter', { filter: null }, 422, 'nothing_selected'],
    ['a blank search', { q: ' ' }, 422, 'nothing_selected'],
    ['an unknown field', { all: true, set: { colour: 'red' } }, 422, 'invalid'],
    ['a bad value', { all: true, set: { kind: 'club' } }, 422, 'invalid'],
    ['an empty required field', { all: true, set: { name: '' } }, 422, 'invalid'],
    ['adding to what is no list', { all: true, add: { name: [] } }, 422, 'invalid'],
    ['a bad filter', { filter: { field: 'name' }, set: { remark: 'x' } }, 400, 'bad_filter'],
  ])('%s is refused', async (_what, body, status, code) => {
    const answer = await admin.post('/customers/mass-update', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('a field one may only read is refused record by record', async () => {
    const ids = await customers(seller, '税号不可改');
    const { body } = await update(seller, ids, { set: { taxNumber: '91350100M000100Y43' } });
    expect(body).toMatchObject({ done: 0, failed: [{ code: 'field_not_writable' }] });
  });

  test('ids may be written in capitals, and what is not there is named', async () => {
    const ids = await customers(seller, '大写');
    const nobody = '0198a000-0000-7000-8000-000000000000';
    const { body } = await update(seller, [String(ids[0]).toUpperCase(), nobody], { set: { remark: '大' } });
    expect(body).toMatchObject({ done: 1, failed: [{ id: nobody, code: 'not_found' }] });
  });

  test('a filter means what the list shows, no more', async () => {
    await customers(buddy, '范围一', '范围二');
    const mine = await customers(seller, '范围三');
    const filter = { field: 'name', op: 'startsWith', value: '范围' };
    const { body } = await seller.post('/customers/mass-update', { filter, set: { remark: '圈内' } });
    expect([body.done, body.failed.length]).toEqual([1, 2]);
    expect((await read(mine[0] as string)).remark).toBe('圈内');
  });
});

describe('taking back', () => {
  test('brings back every value, in a new version, and only once', async () => {
    const ids = await customers(seller, '悔一', '悔二');
    await seller.patch(`/customers/${ids[0]}`, {
      remark: '原话',
      annualRevenue: { amount: '1.50', currency: 'CNY' },
    });
    const { body } = await update(seller, ids, { set: { remark: null, annualRevenue: null, city: '杭州' } });
    const answer = await undo(seller, body.undoId);
    expect(answer.body).toEqual({ restored: 2, conflicts: [] });
    expect(await read(ids[0] as string)).toMatchObject({
      version: 4,
      remark: '原话',
      city: null,
      annualRevenue: { amount: '1.50', currency: 'CNY' },
    });
    expect((await undo(seller, body.undoId)).status).toBe(404);
    const { items } = (await admin.get(`/audit?recordId=${ids[0]}`)).body;
    expect(items[0]).toMatchObject({
      action: 'undo',
      actor: { id: seller.id },
      cause: { kind: 'undo', id: body.undoId },
    });
  });

  test('leaves alone and names what others have changed or deleted since', async () => {
    const [kept, changed, gone] = (await customers(admin, '留', '改', '删')) as [string, string, string];
    const { body } = await update(admin, [kept, changed, gone], { set: { remark: '统一' } });
    await admin.patch(`/customers/${changed}`, { city: '苏州' });
    await admin.delete(`/customers/${gone}`);
    const answer = await undo(admin, body.undoId);
    expect(answer.body.restored).toBe(1);
    expect(answer.body.conflicts).toEqual(
      expect.arrayContaining([
        { id: changed, title: '改' },
        { id: gone, title: '删' },
      ]),
    );
    expect(await read(changed)).toMatchObject({ remark: '统一', city: '苏州' });
    expect((await read(kept)).remark).toBeNull();
  });

  test('is for whoever did it, and for administrators', async () => {
    const ids = await customers(seller, '谁的手');
    const { body } = await update(seller, ids, { set: { remark: 'x' } });
    expect((await undo(buddy, body.undoId)).status).toBe(404);
    expect((await undo(admin, body.undoId)).body).toEqual({ restored: 1, conflicts: [] });
  });

  test('records given away come back, though they had left one’s scope', async () => {
    const elsewhere = await house.department('西南');
    const far = await house.person(
      { entities: { customer: { actions: { read: 'self' } } } },
      { department: elsewhere },
    );
    const ids = await customers(seller, '给出去');
    const contact = await seller.create('contacts', { name: '跟着走', customer: ids[0] });
    const { body } = await seller.post('/customers/transfer', { ids, owner: far.id });
    expect(body).toMatchObject({ done: 1, failed: [] });
    expect((await seller.get(`/customers/${ids[0]}`)).status).toBe(404);
    expect((await undo(seller, body.undoId)).body).toEqual({ restored: 1, conflicts: [] });
    expect((await seller.get(`/customers/${ids[0]}`)).body).toMatchObject({
      owner: { id: seller.id },
      department: { id: department },
    });
    expect((await seller.get(`/contacts/${contact.id}`)).body.rootOwner).toBe(seller.id);
  });
});

describe('deleting many', () => {
  test('takes what hangs on them along, and back again', async () => {
    const ids = await customers(seller, '批删一', '批删二');
    const contact = await seller.create('contacts', { name: '随行', customer: ids[0] });
    const [his] = (await customers(buddy, '批删他人')) as [string];
    const { body } = await seller.post('/customers/mass-delete', { ids: [...ids, his] });
    expect(body).toMatchObject({ done: 2, failed: [{ id: his, code: 'forbidden' }] });
    expect((await seller.get(`/contacts/${contact.id}`)).status).toBe(404);
    expect((await undo(seller, body.undoId)).body).toEqual({ restored: 2, conflicts: [] });
    expect((await seller.get(`/contacts/${contact.id}`)).status).toBe(200);
    expect((await seller.get(`/search?q=${encodeURIComponent('批删')}`)).body.groups[0].items).toHaveLength(
      3,
    );
  });

  test('what may not be deleted is named, the others go', async () => {
    const [empty, full] = [await house.department('空部门'), await house.department('有人的部门')];
    await house.person({}, { department: full });
    const { body } = await admin.post('/departments/mass-delete', { ids: [empty, full] });
    expect(body).toMatchObject({ done: 1, failed: [{ id: full, code: 'department_not_empty' }] });
  });

  test('a unique value taken meanwhile keeps that one in the bin, by name', async () => {
    const ids = await Promise.all(
      ['占一', '占二'].map(async (name) => (await admin.create('tags', { name })).id),
    );
    const { body } = await admin.post('/tags/mass-delete', { ids });
    await admin.create('tags', { name: '占一' });
    const answer = await undo(admin, body.undoId);
    expect(answer.body).toEqual({ restored: 1, conflicts: [{ id: ids[0], title: '占一' }] });
  });

  test('nothing half done: a failure of the house leaves everything as it was', async () => {
    const ids = await customers(admin, '要么全要么无');
    await sql`create function broken() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$`.execute(
      house.services.db,
    );
    await sql`create trigger broken before insert on undo_row for each row execute function broken()`.execute(
      house.services.db,
    );
    const error = house.services.log.error;
    house.services.log.error = () => {};
    try {
      expect((await admin.post('/customers/mass-delete', { ids })).status).toBe(500);
    } finally {
      house.services.log.error = error;
      await sql`drop trigger broken on undo_row`.execute(house.services.db);
    }
    expect((await read(ids[0] as string)).version).toBe(1);
    expect((await admin.get(`/audit?recordId=${ids[0]}`)).body.items).toHaveLength(1);
  });
});

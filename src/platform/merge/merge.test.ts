import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdRecords, releaseRecords } from '../entity/lock.ts';
import { entityNamed } from '../entity/registry.ts';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let admin: Person;
beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house.stop());

const customer = (name: string, more: object = {}) => admin.create('customers', { name, ...more });
const merge = (ids: string[], into: string, values?: object, who = admin) =>
  who.post('/customers/merge', { ids, into, ...(values ? { values } : {}) });
const read = async (id: string) => (await admin.get(`/customers/${id}`)).body;

describe('merging customers', () => {
  it('keeps what hangs on them, what was chosen, and lets old ids lead to the survivor', async () => {
    const tags = await Promise.all(['甲类', '乙类'].map((name) => admin.create('tags', { name })));
    const a = await customer('杭州天一电子有限公司', {
      phone: '0571-88001234',
      tags: [tags[0]?.id],
      remark: '老客户',
    });
    const b = await customer('天一电子', {
      phone: '13800001234',
      email: 'a@tianyi.cn',
      tags: [tags[1]?.id],
      remark: '展会认识',
    });
    const person = await admin.create('contacts', {
      name: '陈芳',
      customer: b.id,
      otherCustomers: [a.id, b.id],
    });
    const call = await admin.create('activities', { kind: 'call', subject: '问价', customer: b.id });
    const daughter = await customer('天一电子上海分公司', { parent: b.id });
    const answer = await merge([a.id, b.id], a.id, { phone: a.id });
    expect(answer.body).toMatchObject({ id: a.id, merged: [b.id], moved: 4 });
    const survivor = await read(a.id);
    expect(survivor).toMatchObject({
      name: '杭州天一电子有限公司',
      phone: '0571-88001234',
      otherPhones: ['13800001234'],
      email: 'a@tianyi.cn',
      remark: '老客户\n\n展会认识',
    });
    expect(survivor.tags.map((tag: { title: string }) => tag.title)).toEqual(['甲类', '乙类']);
    expect((await admin.get(`/contacts/${person.id}`)).body).toMatchObject({
      customer: { id: a.id },
      otherCustomers: [{ id: a.id }],
    });
    expect((await read(daughter.id)).parent.id).toBe(a.id);
    expect((await read(b.id)).id).toBe(a.id);
    const timeline = (await admin.get(`/customers/${a.id}/timeline`)).body.items;
    expect(timeline.map((item: { recordId: string }) => item.recordId)).toContain(call.id);
    const search = (await admin.get('/search?q=13800001234')).body.groups[0].items;
    expect(search.map((item: { id: string }) => item.id)).toEqual([a.id]);
  });

  it('writes one audit entry for each record it touches', async () => {
    const [a, b] = [await customer('恒源纺织'), await customer('恒源纺织厂')];
    const person = await admin.create('contacts', { name: '李明', customer: b.id });
    await merge([a.id, b.id], a.id);
    const actions = async (id: string) =>
      (await admin.get(`/audit?recordId=${id}`)).body.items.map((item: { action: string }) => item.action);
    expect(await actions(a.id)).toEqual(['merge', 'create']);
    expect(await actions(b.id)).toEqual(['merge', 'create']);
    expect(await actions(person.id)).toEqual(['merge', 'create']);
  });

  it('takes the newest of what nobody chose, and the survivor’s name and owner', async () => {
    const a = await customer('新诚机械', { website: 'https://old.example', address: '一号路' });
    const b = await customer('新诚机械厂', { website: 'https://new.example' });
    await merge([a.id, b.id], a.id);
    expect(await read(a.id)).toMatchObject({
      name: '新诚机械',
      website: 'https://new.example',
      address: '一号路',
    });
  });

  it('leads through several merges, and lets no merged record out of the recycle bin', async () => {
    const [a, b, c] = [await customer('永固一'), await customer('永固二'), await customer('永固三')];
    await merge([a.id, b.id], b.id);
    await merge([b.id, c.id], c.id);
    expect((await read(a.id)).id).toBe(c.id);
    expect((await admin.post(`/customers/${a.id}/restore`)).body.code).toBe('merged_record');
  });

  it('names none of those that become one', async () => {
    const a = await customer('盛达集团');
    const b = await customer('盛达集团有限公司', { parent: a.id });
    await merge([a.id, b.id], b.id);
    expect((await read(b.id)).parent).toBeNull();
  });

  it('is named once by lists that named several', async () => {
    const [x, y] = [
      await admin.create('tags', { name: '重点客户' }),
      await admin.create('tags', { name: '重点' }),
    ];
    const a = await customer('两个标签', { tags: [x.id, y.id] });
    const answer = await admin.post('/tags/merge', { ids: [x.id, y.id], into: x.id });
    expect(answer.status).toBe(200);
    expect((await read(a.id)).tags).toEqual([{ id: x.id, title: '重点客户' }]);
    await admin.post(`/merges/${answer.body.mergeId}/undo`);
    expect((await read(a.id)).tags.map((tag: { title: string }) => tag.title).sort()).toEqual([
      '重点',
      '重点客户',
    ]);
  });
});

describe('what is refused', () => {
  const SELF = {
    entities: { customer: { actions: { read: 'self', create: 'self', update: 'self', delete: 'self' } } },
  } as const;

  it('a record outside one’s scope is as one that does not exist', async () => {
    const seller = await house.person(SELF);
    const own = await seller.create('customers', { name: '我的客户' });
    const foreign = await customer('别人的客户');
    const refused = await merge([own.id, foreign.id], own.id, undefined, seller);
    const missing = await merge([own.id, '01890000-0000-7000-8000-000000000000'], own.id, undefined, seller);
    expect([refused.status, missing.status]).toEqual([404, 404]);
    expect(refused.body.detail).toBe(missing.body.detail);
    expect(JSON.stringify(refused.body)).not.toContain('别人');
    expect((await read(foreign.id)).id).toBe(foreign.id);
  });

  it('who sees both but may not delete is told so', async () => {
    const reader = await house.person({
      entities: { customer: { actions: { read: 'all', update: 'all' } } },
    });
    const [a, b] = [await customer('甲公司'), await customer('乙公司')];
    expect((await merge([a.id, b.id], a.id, undefined, reader)).body.code).toBe('merge_forbidden');
  });

  it.each([
    ['one alone', (a: string) => ({ ids: [a], into: a }), 'merge_count'],
    [
      'eleven',
      (a: string) => ({ ids: Array.from({ length: 11 }, () => crypto.randomUUID()), into: a }),
      'merge_count',
    ],
    [
      'a value of a stranger',
      (a: string, b: string) => ({ ids: [a, b], into: a, values: { phone: crypto.randomUUID() } }),
      'merge_source',
    ],
    [
      'a field that is none',
      (a: string, b: string) => ({ ids: [a, b], into: a, values: { nothing: a } }),
      'unknown_field',
    ],
    [
      'what follows from others',
      (a: string, b: string) => ({ ids: [a, b], into: a, values: { completeness: b } }),
      'field_not_writable',
    ],
  ])('%s', async (_what, body, code) => {
    const [a, b] = [await customer('丙公司'), await customer('丁公司')];
    const answer = await admin.post('/customers/merge', body(a.id, b.id));
    expect([answer.status, answer.body.errors[0].code]).toEqual([422, code]);
    expect((await read(b.id)).id).toBe(b.id);
  });

  it('what an approval holds is neither merged nor taken apart', async () => {
    const [a, b, c] = [await customer('持有甲'), await customer('持有乙'), await customer('持有丙')];
    const { mergeId } = (await merge([a.id, c.id], a.id)).body;
    const ctx = await house.context();
    const holder = crypto.randomUUID();
    await holdRecords(ctx, entityNamed(ctx.registry, 'customer'), [a.id], holder);
    expect((await merge([a.id, b.id], b.id)).status).toBe(423);
    expect((await admin.post(`/merges/${mergeId}/undo`)).status).toBe(423);
    await releaseRecords(ctx, holder);
    expect((await admin.post(`/merges/${mergeId}/undo`)).status).toBe(200);
  });

  it('people are not merged', async () => {
    const [one, two] = [await house.person(SELF), await house.person(SELF)];
    expect((await admin.post('/users/merge', { ids: [one.id, two.id], into: one.id })).body.code).toBe(
      'not_mergeable',
    );
  });
});

describe('the preview', () => {
  it('says what is kept, what differs and what moves, and changes nothing', async () => {
    const a = await customer('预览甲', { phone: '13800000001' });
    const b = await customer('预览乙', { email: 'b@example.cn' });
    await admin.create('contacts', { name: '王五', customer: b.id });
    const { body } = await admin.post('/customers/merge-preview', { ids: [a.id, b.id] });
    expect(body.into).toBe(b.id);
    expect(body.records.map((record: { title: string }) => record.title)).toEqual(['预览乙', '预览甲']);
    expect(body.fields.find((field: { name: string }) => field.name === 'phone')).toMatchObject({
      source: a.id,
      different: true,
    });
    expect(body.children).toEqual([
      { entity: 'contact', field: 'customer', label: '联系人', counts: { [b.id]: 1 } },
    ]);
    expect((await read(a.id)).id).toBe(a.id);
  });
});

describe('taking a merge back', () => {
  it('returns records with their values and children; what was changed or added since stays', async () => {
    const a = await customer('宏图甲', { phone: '13811110001', website: 'https://a.example' });
    const b = await customer('宏图乙', { phone: '13811110002', email: 'b@hongtu.cn' });
    const moved = await admin.create('contacts', { name: '赵一', customer: b.id });
    const taken = await admin.create('contacts', { name: '钱二', customer: b.id });
    const { mergeId } = (await merge([a.id, b.id], a.id)).body;
    const added = await admin.create('contacts', { name: '孙三', customer: a.id });
    const elsewhere = await customer('别家');
    await admin.patch(`/contacts/${taken.id}`, { customer: elsewhere.id });
    await admin.patch(`/contacts/${moved.id}`, { jobTitle: '总监' });
    await admin.patch(`/customers/${a.id}`, { email: 'new@hongtu.cn' });
    const undone = (await admin.post(`/merges/${mergeId}/undo`)).body;
    expect(undone).toMatchObject({ restored: [b.id], moved: 1 });
    expect(undone.conflicts).toEqual([
      { entity: 'customer', id: a.id, field: 'email', code: 'changed' },
      { entity: 'contact', id: taken.id, field: 'customer', code: 'changed' },
    ]);
    expect(await read(a.id)).toMatchObject({
      phone: '13811110001',
      otherPhones: [],
      email: 'new@hongtu.cn',
      website: 'https://a.example',
    });
    expect(await read(b.id)).toMatchObject({ id: b.id, phone: '13811110002', email: 'b@hongtu.cn' });
    const customerOf = async (id: string) => (await admin.get(`/contacts/${id}`)).body.customer.id;
    expect(await Promise.all([moved, taken, added].map(({ id }) => customerOf(id)))).toEqual([
      b.id,
      elsewhere.id,
      a.id,
    ]);
    expect((await admin.get(`/contacts/${moved.id}`)).body.jobTitle).toBe('总监');
    const search = (await admin.get('/search?q=13811110002')).body.groups[0].items;
    expect(search.map((item: { id: string }) => item.id)).toEqual([b.id]);
    expect((await admin.post(`/merges/${mergeId}/undo`)).body.code).toBe('merge_undone');
  });

  it('goes the way back in order, and is told of', async () => {
    const [a, b, c] = [await customer('次序一'), await customer('次序二'), await customer('次序三')];
    const person = await admin.create('contacts', { name: '周四', customer: a.id });
    const first = (await merge([a.id, b.id], b.id)).body.mergeId;
    const second = (await merge([b.id, c.id], c.id)).body.mergeId;
    expect((await admin.post(`/merges/${first}/undo`)).body.code).toBe('merged_again');
    expect((await admin.get(`/customers/${c.id}/merges`)).body.items).toMatchObject([
      { id: second, merged: [{ title: '次序二' }] },
    ]);
    for (const id of [second, first]) expect((await admin.post(`/merges/${id}/undo`)).status).toBe(200);
    expect((await admin.get(`/contacts/${person.id}`)).body.customer.id).toBe(a.id);
  });

  it('is refused after 30 days, to strangers, and while the survivor lies in the recycle bin', async () => {
    const [a, b] = [await customer('期限一'), await customer('期限二')];
    const { mergeId } = (await merge([a.id, b.id], a.id)).body;
    const stranger = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
    expect((await stranger.post(`/merges/${mergeId}/undo`)).status).toBe(404);
    await admin.delete(`/customers/${a.id}`);
    expect((await admin.post(`/merges/${mergeId}/undo`)).body.code).toBe('merge_survivor_gone');
    await admin.post(`/customers/${a.id}/restore`);
    await sql`update record_merge set at = at - interval '31 days' where id = ${mergeId}`.execute(
      house.services.db,
    );
    expect((await admin.post(`/merges/${mergeId}/undo`)).body.code).toBe('merge_too_old');
  });

  it('names what was erased meanwhile', async () => {
    const [a, b, c] = [await customer('抹去一'), await customer('抹去二'), await customer('抹去三')];
    const { mergeId } = (await merge([a.id, b.id, c.id], a.id)).body;
    expect((await admin.delete(`/customers/${b.id}?forever=true`)).status).toBe(204);
    const undone = (await admin.post(`/merges/${mergeId}/undo`)).body;
    expect(undone.restored).toEqual([c.id]);
    expect(undone.conflicts).toEqual([{ entity: 'customer', id: b.id, field: '', code: 'erased' }]);
  });

  it('lets shares go that came with it', async () => {
    const friend = await house.person({ entities: { customer: { actions: { read: 'self' } } } });
    const [a, b] = [await customer('共享一'), await customer('共享二')];
    await admin.post(`/customers/${b.id}/share`, { user: friend.id, access: 'read' });
    const { mergeId } = (await merge([a.id, b.id], a.id)).body;
    expect((await friend.get(`/customers/${a.id}`)).status).toBe(200);
    await admin.post(`/merges/${mergeId}/undo`);
    expect((await friend.get(`/customers/${a.id}`)).status).toBe(404);
    expect((await friend.get(`/customers/${b.id}`)).status).toBe(200);
  });
});

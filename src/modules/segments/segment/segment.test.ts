import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listRecords } from '../../../platform/entity/list.ts';
import { executeJob } from '../../../platform/jobs/execute.ts';
import { addJob, type JobSpec } from '../../../platform/jobs/job.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { countSegment, requireSegment, segmentIds } from '../public.ts';
import { segmentsIn } from './definition.shared.ts';
import { FILL_JOB } from './members.ts';
import { segmentJobs } from './refresh.ts';

let house: TestApp;
let admin: Person;
const ids: Record<string, string> = {};

/** 甲 was called three times and is in 杭州, 乙 once and in 宁波, 丙 never and in 杭州. */
beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  for (const [name, city, calls] of [
    ['甲木', '杭州', 3],
    ['乙木', '宁波', 1],
    ['丙木', '杭州', 0],
  ] as const) {
    ids[name] = (await admin.create('customers', { name, city, employees: calls * 10 })).id;
    for (let call = 0; call < calls; call++)
      await admin.create('activities', {
        customer: ids[name],
        kind: 'call',
        content: '谈',
        occurredAt: `2026-04-0${call + 1}T02:00:00Z`,
      });
  }
});
afterAll(() => house.stop());

const inHangzhou = { field: 'city', op: 'eq', value: '杭州' };
const calledTwice = { related: 'activity', via: 'customer', op: 'gte', value: 2 };
let made = 0;
const make = async (definition: object, more: object = {}) =>
  admin.create('segments', { name: `细分${++made}`, definition, ...more });
const listOf = (filter: object, person = admin, plural = 'customers') =>
  person.get(`/${plural}?count=true&filter=${encodeURIComponent(JSON.stringify(filter))}`);
const names = async (filter: object, person = admin) =>
  ((await listOf(filter, person)).body.items ?? []).map(({ title }: { title: string }) => title).sort();

describe('a segment in a filter', () => {
  test('selects, counts, is negated, joined and nested', async () => {
    const town = await make(inHangzhou);
    const called = await make(calledTwice);
    const both = await make({ and: [{ segment: town.id }, { segment: called.id }] });
    const either = await make({ or: [{ segment: town.id }, { segment: called.id }] });
    const without = await make({ and: [{ segment: town.id }, { not: { segment: called.id } }] });
    expect(await names({ segment: town.id })).toEqual(['丙木', '甲木']);
    expect(await names({ not: { segment: town.id } })).toEqual(['乙木']);
    expect(await names({ segment: both.id })).toEqual(['甲木']);
    expect(await names({ segment: either.id })).toEqual(['丙木', '甲木']);
    expect(await names({ segment: without.id })).toEqual(['丙木']);
    expect((await listOf({ segment: town.id })).body).toMatchObject({ total: 2, totalIsExact: true });
    expect(both.uses).toHaveLength(2);
  });

  test('stands within a condition on related records and in mass actions', async () => {
    const town = await make(inHangzhou);
    const parts = await make({ field: 'name', op: 'contains', value: '张' }, { entity: 'contact' });
    await admin.create('contacts', { name: '张三', customer: ids.乙木 });
    expect(await names({ related: 'contact', via: 'customer', where: { segment: parts.id } })).toEqual([
      '乙木',
    ]);
    const changed = await admin.post('/customers/mass-update', {
      filter: { segment: town.id },
      changes: { remark: '城里的' },
    });
    expect(changed.body.done).toBe(2);
  });

  test('is for other modules a condition, a count and pages of ids', async () => {
    const ctx = await house.context();
    const town = await make(inHangzhou);
    expect(await countSegment(ctx, 'customer', town.id)).toBe(2);
    const pages: string[][] = [];
    for await (const page of segmentIds(ctx, 'customer', town.id, 1)) pages.push(page);
    expect(pages.map((page) => page.length)).toEqual([1, 1]);
    await expect(requireSegment(ctx, 'contact', town.id)).rejects.toMatchObject({ code: 'bad_filter' });
  });

  test.each<[string, unknown, string]>([
    ['no id', 'hangzhou', 'bad_uuid'],
    ['an unknown one', '00000000-0000-7000-8000-000000000000', 'unknown_segment'],
  ])('refuses %s', async (_what, segment, code) => {
    const { status, body } = await listOf({ segment } as object);
    expect([status, body.errors[0]]).toMatchObject([400, { path: 'filter.segment', code }]);
  });
});

describe('saving', () => {
  test.each<[string, unknown, string, string]>([
    ['a condition that says nothing', { and: [] }, 'definition', 'required'],
    ['an unknown field', { field: 'nothing', op: 'eq', value: 1 }, 'definition.field', 'unknown_field'],
    ['another type', { field: 'customer', op: 'empty' }, 'definition.field', 'unknown_field'],
    ['what is no filter', 'all', 'definition', 'wrong_type'],
  ])('refuses %s', async (_what, definition, path, code) => {
    const { status, body } = await admin.post('/segments', { name: '坏的', definition });
    expect([status, body.errors]).toMatchObject([422, [{ path, code }]]);
  });

  test('no cycle, also by a later change', async () => {
    const first = await make(inHangzhou);
    const second = await make({ not: { segment: first.id } });
    const third = await make({ or: [{ segment: second.id }, calledTwice] });
    for (const [id, definition] of [
      [first.id, { segment: first.id }],
      [first.id, { segment: third.id }],
      [second.id, { and: [inHangzhou, { segment: third.id }] }],
    ] as const) {
      const { status, body } = await admin.patch(`/segments/${id}`, { definition });
      expect([status, body.errors[0]]).toMatchObject([422, { path: 'definition', code: 'segment_cycle' }]);
    }
  });

  test('two changes at once make no cycle either', async () => {
    const [one, two] = [await make(inHangzhou), await make(inHangzhou)];
    const answers = await Promise.all([
      admin.patch(`/segments/${one.id}`, { definition: { segment: two.id } }),
      admin.patch(`/segments/${two.id}`, { definition: { segment: one.id } }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  test('one in use is not deleted, and it says where', async () => {
    const base = await make(inHangzhou, { name: '底层' });
    const user = await make({ not: { segment: base.id } }, { name: '用它的' });
    const refused = await admin.delete(`/segments/${base.id}`);
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { code: 'segment_in_use', usedBy: [{ id: user.id, name: '用它的' }] },
    ]);
    expect(refused.body.detail).toContain('用它的');
    expect((await admin.delete(`/segments/${user.id}`)).status).toBeLessThan(300);
    expect((await admin.delete(`/segments/${base.id}`)).status).toBeLessThan(300);
  });
});

describe('what one may not see', () => {
  const limited = (fields: Record<string, 'hidden' | 'masked'>, more = {}) =>
    house.person({
      entities: {
        customer: { actions: { read: 'all' }, fields },
        segment: { actions: { read: 'all' } },
        ...more,
      },
    });

  test('a definition on hidden things is refused, whole or frozen, and also within another', async () => {
    const person = await limited({ employees: 'hidden' });
    const big = { field: 'employees', op: 'gt', value: 5 };
    const live = await make(big);
    const frozen = await make(big, { kind: 'frozen' });
    const outer = await make({ or: [inHangzhou, { segment: live.id }] });
    const masked = await make({ field: 'phone', op: 'empty' });
    for (const { id } of [live, frozen, outer]) {
      const { status, body } = await listOf({ segment: id }, person);
      expect([status, body.code]).toEqual([403, 'segment_hidden']);
      expect((await person.get(`/segments/${id}/explain/${ids.甲木}`)).body.code).toBe('segment_hidden');
    }
    expect((await person.get(`/segments/${live.id}/standing`)).body).toMatchObject({ state: 'hidden' });
    const veiled = await limited({ phone: 'masked' });
    expect((await listOf({ segment: masked.id }, veiled)).body.code).toBe('segment_hidden');
    // Related records of a type one may not read are hidden as well.
    const called = await make(calledTwice);
    expect((await listOf({ segment: called.id }, person)).body.code).toBe('segment_hidden');
    const { body } = await person.get(`/segments/of/customer/${ids.甲木}`);
    const told = body.items.map(({ id }: { id: string }) => id);
    for (const { id } of [live, frozen, outer, called]) expect(told).not.toContain(id);
  });

  test('members are those within one’s own scope; a segment of others does not exist', async () => {
    const person = await house.person({
      entities: {
        customer: { actions: { read: 'self', create: 'self' } },
        segment: { actions: { read: 'self' } },
      },
    });
    const town = await make(inHangzhou, { kind: 'frozen' });
    expect((await listOf({ segment: town.id }, person)).body.errors[0].code).toBe('unknown_segment');
    expect((await person.get(`/segments/${town.id}/standing`)).status).toBe(404);
    const shared = await admin.post(`/segments/${town.id}/share`, { user: person.id, access: 'read' });
    expect(shared.status).toBeLessThan(300);
    const { status, body } = await listOf({ segment: town.id }, person);
    expect([status, body.items]).toEqual([200, []]);
    expect((await person.get(`/segments/${town.id}/explain/${ids.甲木}`)).status).toBe(404);
  });

  test('a segment within another that is out of sight hides the other', async () => {
    const inner = await make(inHangzhou);
    const outer = await make({ not: { segment: inner.id } });
    const person = await house.person({
      entities: { customer: { actions: { read: 'all' } }, segment: { actions: { read: 'self' } } },
    });
    await admin.post(`/segments/${outer.id}/share`, { user: person.id, access: 'read' });
    expect((await listOf({ segment: outer.id }, person)).body.code).toBe('segment_hidden');
  });
});

describe('frozen', () => {
  test('names the record that remains of two that became one', async () => {
    const fresh = async () => (await admin.create('customers', { name: `合并${Math.random()}` })).id;
    const [kept, gone, other] = [await fresh(), await fresh(), await fresh()];
    const frozen = await make({ field: 'id', op: 'in', value: [gone, other] }, { kind: 'frozen' });
    const merged = await admin.post('/customers/merge', { ids: [kept, gone], into: kept });
    expect(merged.status).toBe(200);
    await house.follow();
    const filter = encodeURIComponent(JSON.stringify({ segment: frozen.id }));
    const { items } = (await admin.get(`/customers?filter=${filter}`)).body;
    expect(items.map((item: { id: string }) => item.id).sort()).toEqual([kept, other].sort());
    expect((await admin.get(`/segments/${frozen.id}`)).body.memberCount).toBe(2);
  });

  test('its members stay until it is refreshed, and it can be live again', async () => {
    const name = `冻${++made}木`;
    const frozen = await make({ field: 'name', op: 'startsWith', value: name }, { kind: 'frozen' });
    expect(frozen).toMatchObject({ memberCount: 0, refreshedAt: expect.any(String) });
    const { id } = await admin.create('customers', { name, city: '宁波' });
    expect(await names({ segment: frozen.id })).toEqual([]);
    const refreshed = await admin.post(`/segments/${frozen.id}/refresh`);
    expect(refreshed.body).toMatchObject({ jobId: null, refreshedAt: expect.any(String) });
    expect(await names({ segment: frozen.id })).toEqual([name]);
    await admin.patch(`/customers/${id}`, { name: `改${name}` });
    expect(await names({ segment: frozen.id })).toEqual([`改${name}`]);
    const audit = await admin.get(`/audit?entity=segment&recordId=${frozen.id}`);
    expect(JSON.stringify(audit.body)).toContain('refresh');
    const live = await admin.patch(`/segments/${frozen.id}`, { kind: 'live' });
    expect(live.body).toMatchObject({ memberCount: null, refreshedAt: null });
    expect(await names({ segment: frozen.id })).toEqual([]);
    expect((await admin.post(`/segments/${frozen.id}/refresh`)).body.code).toBe('segment_live');
  });

  test('a large one is found by a job, and until then nothing is told', async () => {
    const { services } = house;
    const ctx = await house.context();
    const frozen = await make(inHangzhou, { kind: 'frozen' });
    await sql`update segment set refreshed_at = null where id = ${frozen.id}`.execute(services.db);
    await sql`delete from segment_member where segment_id = ${frozen.id}`.execute(services.db);
    expect((await listOf({ segment: frozen.id })).body.code).toBe('segment_filling');
    await runJob(await addJob(ctx, FILL_JOB, { id: frozen.id }));
    expect(await names({ segment: frozen.id })).toEqual(['丙木', '甲木']);
    expect((await admin.get(`/segments/${frozen.id}`)).body).toMatchObject({ memberCount: 2, version: 1 });
  });
});

/** Runs a job of the module to its end. */
async function runJob(id: string): Promise<unknown> {
  const { body } = await admin.get(`/jobs/${id}`);
  const spec = segmentJobs.find(({ name }) => name === body.name);
  await executeJob(house.services, spec as JobSpec, id, new AbortController().signal);
  return (await admin.get(`/jobs/${id}`)).body.result;
}

test('a definition whose field has gone is broken and says by what', async () => {
  const field = await admin.post('/custom-fields', {
    entity: 'customer',
    name: 'level',
    label: { zh: '级', en: 'Level' },
    kind: 'integer',
  });
  expect(field.status).toBeLessThan(300);
  const broken = await make({ or: [inHangzhou, { field: field.body.name, op: 'eq', value: 1 }] });
  const outer = await make({ not: { segment: broken.id } });
  const frozen = await make(
    { or: [inHangzhou, { field: field.body.name, op: 'eq', value: 1 }] },
    { kind: 'frozen' },
  );
  await sql`update segment set definition = replace(definition::text, ${`"${field.body.name}"`}, '"x_gone"')::jsonb
    where id = any(${[broken.id, frozen.id]}::uuid[])`.execute(house.services.db);
  for (const { id } of [broken, outer]) {
    const { status, body } = await listOf({ segment: id });
    expect([status, body.code, body.errors[0]]).toMatchObject([
      409,
      'segment_broken',
      { path: 'definition.or.1.field', code: 'unknown_field' },
    ]);
    const standing = (await admin.get(`/segments/${id}/standing`)).body;
    expect(standing).toMatchObject({
      state: 'broken',
      reason: expect.stringContaining('x_gone: '),
    });
  }
  // A list once taken down stands without its condition.
  expect(await names({ segment: frozen.id })).toEqual(['丙木', '甲木']);
  expect((await admin.get(`/segments/${frozen.id}/standing`)).body).toMatchObject({
    state: 'ok',
    total: 2,
    rule: { code: 'segment_broken', reason: expect.stringContaining('x_gone: ') },
  });
  const whole = await make(inHangzhou, { kind: 'frozen' });
  expect((await admin.get(`/segments/${whole.id}/standing`)).body).not.toHaveProperty('rule');
  expect((await admin.get(`/segments/${frozen.id}/explain/${ids.甲木}`)).body).toMatchObject({
    member: true,
    tree: null,
  });
  const told = (await admin.get(`/segments/of/customer/${ids.甲木}`)).body.items;
  expect(told).toContainEqual(
    expect.objectContaining({ id: broken.id, member: null, code: 'segment_broken' }),
  );
});

describe('explaining', () => {
  test('each condition with what the record really has', async () => {
    const town = await make(inHangzhou, { name: '杭州的' });
    const { id } = await make({
      and: [
        { segment: town.id },
        { not: { field: 'employees', op: 'lt', value: 5 } },
        { ...calledTwice, where: { field: 'occurredAt', op: 'gte', value: '2026-01-01' } },
        {
          related: 'activity',
          via: 'customer',
          aggregate: { fn: 'max', field: 'occurredAt' },
          op: 'lt',
          value: '2026-04-02',
        },
      ],
    });
    const { body } = await admin.get(`/segments/${id}/explain/${ids.甲木}`);
    expect(body).toMatchObject({
      member: false,
      tree: {
        kind: 'and',
        met: false,
        parts: [
          { kind: 'segment', name: '杭州的', met: true, parts: [{ kind: 'leaf', met: true, value: '杭州' }] },
          { kind: 'not', met: true, parts: [{ kind: 'leaf', met: false, value: 30 }] },
          { kind: 'leaf', met: true, value: 3 },
          { kind: 'leaf', met: false, value: '2026-04-03T02:00:00Z' },
        ],
      },
    });
    expect((await admin.get(`/segments/${id}/explain/${ids.丙木}`)).body).toMatchObject({
      member: false,
      tree: { parts: [{ met: true }, { met: false }, { met: false, value: 0 }, { met: false, value: null }] },
    });
  });

  test('a path over a reference', async () => {
    const contact = await admin.create('contacts', { name: '李四', customer: ids.乙木 });
    const { id } = await make({ field: 'customer.city', op: 'eq', value: '宁波' }, { entity: 'contact' });
    const { body } = await admin.get(`/segments/${id}/explain/${contact.id}`);
    expect(body).toMatchObject({ member: true, tree: { kind: 'leaf', met: true, value: '宁波' } });
  });

  test('agrees with the list, whatever the condition', async () => {
    const terms: object[] = [
      calledTwice,
      { ...calledTwice, op: 'lte', value: 1 },
      { ...calledTwice, op: 'ne', value: 3 },
      { ...calledTwice, op: 'between', value: [0, 1] },
      { ...calledTwice, op: 'eq', value: 0 },
      { ...calledTwice, op: 'lt', value: 0 },
      {
        related: 'activity',
        via: 'customer',
        aggregate: { fn: 'min', field: 'occurredAt' },
        op: 'gte',
        value: '2026-04-01',
      },
      { not: { or: [calledTwice, inHangzhou] } },
      { and: [] },
    ];
    const ctx = await house.context();
    for (const definition of terms) {
      const { id } = await make({ and: [definition, { field: 'id', op: 'in', value: Object.values(ids) }] });
      const listed = (await listRecords(ctx, 'customer', { filter: { segment: id } })).items.map(
        (item) => item.id,
      );
      for (const [name, record] of Object.entries(ids)) {
        const { body } = await admin.get(`/segments/${id}/explain/${record}`);
        const expected = listed.includes(record);
        expect({ definition, name, member: body.member, tree: body.tree.met }).toEqual({
          definition,
          name,
          member: expected,
          tree: expected,
        });
      }
    }
  });
});

test('a preview counts and shows some; what cannot be understood is refused at its place', async () => {
  const { status, body } = await admin.post('/segments/preview', {
    entity: 'customer',
    definition: calledTwice,
    sample: 2,
  });
  expect([status, body]).toMatchObject([
    200,
    {
      total: 1,
      totalIsExact: true,
      sample: [{ title: '甲木' }],
      ms: expect.any(Number),
      indexed: expect.any(Boolean),
    },
  ]);
  const bad = await admin.post('/segments/preview', {
    entity: 'customer',
    definition: { field: 'x', op: 'eq' },
  });
  expect([bad.status, bad.body.errors[0].path]).toEqual([400, 'filter.field']);
  expect((await admin.post('/segments/count', { entity: 'customer', definition: calledTwice })).status).toBe(
    202,
  );
});

test('segments are found at any depth of a definition, not in values', () => {
  expect(
    segmentsIn({
      and: [
        { segment: 'A' },
        { not: { related: 'x', where: { segment: 'b' } } },
        { field: 'f', value: { segment: 'c' } },
      ],
    }),
  ).toEqual(['a', 'b']);
});

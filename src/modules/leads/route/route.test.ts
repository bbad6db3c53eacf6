import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { createDrafts } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { routeLeads } from './route.ts';
import { passOn } from './watch.ts';

let house: TestApp;
let admin: Person;
let people: Person[];

const own = (...actions: string[]) => ({
  actions: Object.fromEntries(actions.map((action) => [action, 'self' as const])),
});

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  people = [];
  for (let at = 0; at < 4; at += 1)
    people.push(await house.person({ entities: { lead: own('read', 'update') } }));
});
beforeEach(async () => {
  for (const table of ['lead_route', 'lead', 'lead_turn', 'lead_assignment'])
    await sql`delete from ${sql.table(table)}`.execute(house.services.db);
});
afterAll(() => house.stop());

const ids = (count: number) => people.slice(0, count).map(({ id }) => id);
const rule = (more: object = {}) =>
  admin.create('lead-routes', { name: `规则${Math.random()}`, members: ids(2), ...more });

/** Leads as they come in from outside: nobody's yet. */
async function incoming(count: number, values: object = {}): Promise<string[]> {
  const ctx = await systemContext(house.services, { kind: 'system' });
  const drafts = await inTransaction(ctx, (inner) =>
    createDrafts(
      inner,
      entityNamed(inner.registry, 'lead'),
      Array.from({ length: count }, (_, at) => ({ name: `来客${at}`, ...values })),
    ),
  );
  return drafts.map(({ id }) => id);
}
const routed = async (leads: string[]) => {
  const ctx = await systemContext(house.services, { kind: 'system' });
  return inTransaction(ctx, (inner) => routeLeads(inner, leads));
};
const read = async (id: string) => (await admin.get(`/leads/${id}`)).body;
const kinds = async (id: string) =>
  (
    await sql<{ kind: string; user_id: string }>`select kind, user_id from notification
      where record_id = ${id} or key like ${`%${id}%`} order by created_at, kind`.execute(house.services.db)
  ).rows;

describe('a rule', () => {
  test('passes over who is away, and comes back to him after', async () => {
    await rule();
    const [away, there] = people as [Person, Person];
    const now = Temporal.Now.instant();
    const absence = await away.post('/approval-delegations', {
      to: there.id,
      from: now.subtract({ hours: 1 }).toString(),
      until: now.add({ hours: 1 }).toString(),
    });
    const owners = async () => [...(await routed(await incoming(2))).values()];
    expect(await owners()).toEqual([there.id, there.id]);
    await away.delete(`/approval-delegations/${absence.body.id}`);
    expect(await owners()).toContain(away.id);
  });

  test('of a province takes a lead that says only its city', async () => {
    const [there] = people as [Person];
    await rule({ members: [there.id], condition: { field: 'province', op: 'eq', value: '浙江省' } });
    const cases = [
      [{ city: '杭州' }, '浙江省', there.id],
      [{ city: '义乌' }, '浙江省', there.id],
      [{ city: '苏州' }, '江苏省', null],
      [{ city: '杭州', province: '江苏省' }, '江苏省', null],
      [{ city: '外国' }, null, null],
    ] as const;
    for (const [said, province, owner] of cases) {
      const [id] = (await incoming(1, said)) as [string];
      expect((await routed([id])).get(id) ?? null).toBe(owner);
      expect((await admin.get(`/leads/${id}`)).body.province).toBe(province);
    }
  });

  test('that asks for skills gives a lead to who speaks its language and knows its products', async () => {
    const machines = (await admin.create('product-categories', { name: '机械' })).id;
    const pumps = (await admin.create('product-categories', { name: '泵', parent: machines })).id;
    const pump = (await admin.create('products', { name: '离心泵', category: pumps })).id;
    const [plain, able] = people as [Person, Person];
    await admin.patch(`/users/${able.id}`, { spoken: ['en'], knows: [machines] });
    const required = await rule({ skills: 'require' });
    const owners = async (values: object) => [...(await routed(await incoming(1, values))).values()];
    for (let at = 0; at < 2; at += 1)
      expect(await owners({ spoken: 'en', products: [pump] })).toEqual([able.id]);
    expect(await owners({ products: [pump] })).toEqual([able.id]);
    expect(await owners({ spoken: 'ja' })).toEqual([]);
    await admin.patch(`/lead-routes/${required.id}`, { skills: 'prefer' });
    expect(await owners({ spoken: 'ja' })).toEqual([plain.id]);
    await admin.patch(`/users/${able.id}`, { spoken: [], knows: [] });
  });

  test('takes the leads that fit, the first before the others', async () => {
    await rule({ members: [ids(3)[2]], position: 2 });
    await rule({
      members: [ids(1)[0]],
      position: 1,
      condition: { field: 'province', op: 'eq', value: '浙江' },
    });
    const [near] = await incoming(1, { province: '浙江', city: '杭州' });
    const [far] = await incoming(1, { province: '广东' });
    const given = await routed([near, far] as string[]);
    expect([given.get(near as string), given.get(far as string)]).toEqual([people[0]?.id, people[2]?.id]);
    expect(await kinds(near as string)).toEqual([{ kind: 'lead.assigned', user_id: people[0]?.id }]);
  });

  test('with a condition nobody understands is refused, one without people is warned of', async () => {
    const condition = { field: 'colour', op: 'eq', value: 1 };
    const refused = await admin.post('/lead-routes', { name: '错', members: ids(1), condition });
    expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'unknown_field']);
    const warned = await admin.create('lead-routes', { name: '没有人' });
    expect(warned.warnings).toMatchObject([{ path: 'members', code: 'lead_route_nobody' }]);
  });

  test('gives departments their turn, and nobody who has left', async () => {
    const department = await house.department('华东');
    const [here, left] = [
      await house.person({ entities: { lead: own('read') } }, { department }),
      await house.person({ entities: { lead: own('read') } }, { department }),
    ];
    await sql`update "user" set status = 'deactivated' where id = ${left.id}`.execute(house.services.db);
    await rule({ members: [], memberDepartments: [department] });
    const given = await routed(await incoming(3));
    expect(new Set(given.values())).toEqual(new Set([here.id]));
  });

  test('tells the administrators of what nobody takes', async () => {
    await rule({ members: ids(1), maxOpen: 1 });
    const leads = await incoming(2);
    expect((await routed(leads)).size).toBe(1);
    expect(await kinds(leads[1] as string)).toEqual([{ kind: 'lead.unrouted', user_id: admin.id }]);
  });

  test('can be applied to chosen leads, by whoever may give them away', async () => {
    await rule({ members: ids(1) });
    const leads = await incoming(2);
    expect((await people[1]?.post('/leads/route', { ids: leads }))?.status).toBe(403);
    expect((await admin.post('/leads/route', { ids: leads })).body).toEqual({ done: 2, left: 0 });
  });
});

describe('many at once', () => {
  test('are given away in turn, and by load, as if one after the other', async () => {
    const split = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 6 });
    const how = fc.constantFrom('roundRobin', 'load');
    await fc.assert(
      fc.asyncProperty(split, how, fc.integer({ min: 2, max: 4 }), async (batches, method, members) => {
        for (const table of ['lead_route', 'lead', 'lead_turn'])
          await sql`delete from ${sql.table(table)}`.execute(house.services.db);
        await rule({ members: ids(members), method, maxOpen: 6 });
        const leads = [];
        for (const size of batches) leads.push(await incoming(size));
        const given = await Promise.all(leads.map(routed));
        const total = batches.reduce((sum, size) => sum + size, 0);
        const counts = ids(members).map(
          (id) => given.flatMap((map) => [...map.values()]).filter((owner) => owner === id).length,
        );
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(Math.min(total, members * 6));
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from lead
          where owner_id is not null group by owner_id`.execute(house.services.db);
        expect(Math.max(...rows.map(({ n }) => n))).toBeLessThanOrEqual(6);
      }),
      { numRuns: 12 },
    );
  });

  test('leads of two rules level the load of whoever serves both', async () => {
    await rule({
      method: 'load',
      position: 1,
      condition: { field: 'source', op: 'eq', value: 'website' },
    });
    await rule({ method: 'load', position: 2 });
    const [web, other] = [await incoming(5, { source: 'website' }), await incoming(5)];
    await Promise.all([routed(web), routed(other)]);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from lead group by owner_id`.execute(
      house.services.db,
    );
    expect(rows.map(({ n }) => n)).toEqual([5, 5]);
  });
});

describe('the time to answer', () => {
  const late = (id: string) =>
    sql`update lead set respond_by = now() - interval '1 minute' where id = ${id}`.execute(house.services.db);
  const one = async (more: object = {}) => {
    await rule({ responseMinutes: 30, clock: 'clock', ...more });
    const [id] = await incoming(1);
    await routed([id as string]);
    return id as string;
  };

  test('is told, and measured from when it came in', async () => {
    const id = await one();
    const lead = await read(id);
    expect(Temporal.Instant.from(lead.assignedAt).until(lead.respondBy).total('minutes')).toBeCloseTo(30);
    await sql`update lead set received_at = now() - interval '12 minutes' where id = ${id}`.execute(
      house.services.db,
    );
    await people[0]?.post(`/leads/${id}/start`);
    expect(await read(id)).toMatchObject({ responseMinutes: 12, responseClock: 'clock' });
    const { items } = (await admin.get('/leads/response')).body;
    expect(items).toMatchObject([{ id: people[0]?.id, leads: 1, answered: 1, inTime: 1, median: 12 }]);
    await people[0]?.post(`/leads/${id}/put-back`);
    expect(await read(id)).toMatchObject({ responseMinutes: null, respondedAt: null });
  });

  test('over, the lead goes to the next, and both are told', async () => {
    const id = await one();
    await late(id);
    expect(await passOn(house.services)).toEqual({ passedOn: 1, escalated: 0 });
    expect(await read(id)).toMatchObject({ owner: { id: people[1]?.id }, status: 'new' });
    expect((await people[0]?.get(`/leads/${id}`))?.status).toBe(404);
    expect(await kinds(id)).toEqual([
      { kind: 'lead.assignedUntil', user_id: people[0]?.id },
      { kind: 'lead.assignedUntil', user_id: people[1]?.id },
      { kind: 'lead.passedOn', user_id: people[0]?.id },
    ]);
    expect(await passOn(house.services)).toEqual({ passedOn: 0, escalated: 0 });
    const { items } = (await admin.get('/leads/response')).body;
    expect(items.find((item: { id: string }) => item.id === people[0]?.id)).toMatchObject({ missed: 1 });
  });

  test('over with everybody, it stays and a superior is told once', async () => {
    const id = await one({ escalateTo: people[3]?.id });
    for (const became of ['passedOn', 'escalated']) {
      await late(id);
      expect(await passOn(house.services)).toMatchObject({ [became]: 1 });
    }
    expect(await passOn(house.services)).toEqual({ passedOn: 0, escalated: 0 });
    expect(await read(id)).toMatchObject({ owner: { id: people[1]?.id } });
    const told = (await kinds(id)).filter(({ kind }) => kind === 'lead.unanswered');
    expect(told.map(({ user_id }) => user_id).sort()).toEqual([people[1]?.id, people[3]?.id].sort());
  });

  test('answered, nothing happens any more', async () => {
    const id = await one();
    await people[0]?.post(`/leads/${id}/start`);
    await late(id);
    expect(await passOn(house.services)).toEqual({ passedOn: 0, escalated: 0 });
  });

  test('begins anew for whoever is given it by hand', async () => {
    const id = await one();
    await late(id);
    await admin.patch(`/leads/${id}`, { owner: people[2]?.id });
    const { respondBy } = await read(id);
    expect(Temporal.Instant.compare(respondBy, Temporal.Now.instant())).toBe(1);
    expect(await passOn(house.services)).toEqual({ passedOn: 0, escalated: 0 });
  });

  test('stands in the day of who has it, and is taken up there', async () => {
    const id = await one();
    const today = async () =>
      (await people[0]?.get('/today'))?.body.items.filter((item: { kind: string }) => item.kind === 'lead');
    expect(await today()).toMatchObject([{ key: `lead:${id}`, color: 'teng' }]);
    await late(id);
    const [line] = await today();
    expect(line).toMatchObject({ color: 'zhu', why: '回应期限已过' });
    expect((await people[0]?.post(line.action.does.path))?.status).toBe(200);
    expect(await today()).toEqual([]);
    expect((await people[0]?.post(line.action.undo.path))?.status).toBe(200);
    expect(await today()).toHaveLength(1);
  });
});

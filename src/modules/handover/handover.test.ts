import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { runHandover } from './plan/run.ts';
import { remind } from './remind.ts';

let house: TestApp;
let admin: Person;
let unit: string;

const SALES = {
  entities: {
    customer: { actions: { read: 'self', create: 'self', update: 'self' } },
    contact: { actions: { read: 'self', create: 'self' } },
    task: { actions: { read: 'self', create: 'self' } },
    promise: { actions: { read: 'self', create: 'self' } },
    activity: { actions: { read: 'self', create: 'self' } },
  },
} as const;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  unit = await house.department('销售一部');
});
afterAll(() => house.stop());

let count = 0;
const sales = () => house.person(SALES, { department: unit, name: `销售${++count}` });

/** Somebody with customers, tasks on them, a task on nothing and a contact without a customer. */
async function leaver(customers = 3) {
  const person = await sales();
  const ids: string[] = [];
  for (let at = 0; at < customers; at += 1) {
    const { id } = await person.create('customers', {
      name: `老客户${++count}`,
      city: at % 2 ? '杭州市' : '宁波市',
    });
    ids.push(id);
    await person.create('tasks', { subject: `跟进${count}`, customer: id });
    await admin.create('promises', {
      what: `送样${count}`,
      customer: id,
      dueDate: '2030-03-01',
      owner: person.id,
    });
  }
  await person.create('tasks', { subject: `写报告${count}` });
  const closed = await person.create('tasks', { subject: `旧事${count}`, status: 'done' });
  await person.create('contacts', { name: `独立联系人${count}` });
  return { person, ids, closed: closed.id };
}

const open = async (id: string, who = admin) => (await who.get(`/handovers/of/${id}`)).body?.open ?? {};

async function execute(who: Person, userId: string, plan: object, expected: object) {
  const started = await who.post(`/handovers/of/${userId}`, { plan, expected });
  if (started.status !== 202) return started;
  const ctx = await house.contextOf(who);
  await runHandover(ctx, house.services, started.body.id);
  return started;
}
const ownerOf = async (plural: string, id: string) => (await admin.get(`/${plural}/${id}`)).body.owner?.id;

test('a salesperson leaves: waiting, planned, previewed, handed over, briefed, undone', async () => {
  const { person, ids, closed } = await leaver();
  const [a, b] = [await sales(), await sales()];
  await admin.post(`/users/${person.id}/deactivate`);
  const { waiting, kinds } = (await admin.get('/handovers')).body;
  const mine = waiting.find((each: { id: string }) => each.id === person.id);
  expect(mine.open).toEqual({ customer: 3, contact: 1, task: 4, promise: 3 });
  expect(kinds[0].entity).toBe('customer');

  const values = (field: string, who = admin) => who.get(`/handovers/of/${person.id}/values/${field}`);
  expect((await values('city')).body.items).toEqual([
    { value: '宁波市', count: 2 },
    { value: '杭州市', count: 1 },
  ]);
  expect((await values('industry')).body.items).toEqual([{ value: '', count: 3 }]);
  expect((await values('nothing')).status).toBe(422);
  expect((await values('city', a)).status).toBe(403);

  const plan = { rule: { kind: 'field', field: 'city', to: { 杭州市: a.id }, otherwise: b.id } };
  const shown = (await admin.post(`/handovers/of/${person.id}/preview`, { plan })).body;
  expect(shown.before).toEqual({ customer: 3, contact: 1, task: 4, promise: 3 });
  const got = Object.fromEntries(
    shown.receivers.map((each: { id: string; counts: object }) => [each.id, each.counts]),
  );
  expect(got).toEqual({
    [a.id]: { customer: 1, task: 1, promise: 1 },
    [b.id]: { customer: 2, contact: 1, task: 3, promise: 2 },
  });
  expect(await ownerOf('customers', ids[0] as string)).toBe(person.id);

  const { body } = await execute(admin, person.id, plan, shown.before);
  expect(await open(person.id)).toEqual({});
  expect(await ownerOf('customers', ids[1] as string)).toBe(a.id);
  expect(await ownerOf('tasks', closed)).toBe(person.id);
  const told = (await a.get('/notifications')).body.items;
  expect(told[0]).toMatchObject({ kind: 'handover.received', path: `/briefing/${body.id}` });
  const brief = (await a.get(`/handovers/${body.id}/briefing`)).body.items;
  expect(brief).toMatchObject([{ customer: { id: ids[1] }, open: { task: 1, promise: 1 } }]);

  // One changes hands before it is undone.
  await admin.post('/customers/transfer', { ids: [ids[0]], owner: a.id });
  const undone = (await admin.post(`/handovers/${body.id}/undo`)).body;
  expect(undone).toMatchObject({ restored: 10, changed: [{ entity: 'customer', id: ids[0] }] });
  expect(await open(person.id)).toEqual({ customer: 2, contact: 1, task: 4, promise: 3 });
  const [back] = (await b.get('/notifications')).body.items;
  expect(back).toMatchObject({ kind: 'handover.undone', text: expect.stringMatching(/的 7 项工作已还回$/) });
  expect((await admin.post(`/handovers/${body.id}/undo`)).body.code).toBe('handover_not_done');
});

test('when anything has changed since the preview nothing happens', async () => {
  const { person, ids } = await leaver(2);
  const to = await sales();
  const plan = { rule: { kind: 'one', to: to.id } };
  const { before } = (await admin.post(`/handovers/of/${person.id}/preview`, { plan })).body;
  await admin.create('customers', { name: '又来一个', owner: person.id });
  await expect(execute(admin, person.id, plan, before)).rejects.toMatchObject({ code: 'handover_changed' });
  expect(await ownerOf('customers', ids[0] as string)).toBe(person.id);
});

test('a handover whose job was stopped holds nobody up, one under way does', async () => {
  const { person } = await leaver(1);
  const plan = { rule: { kind: 'one', to: (await sales()).id } };
  const { before } = (await admin.post(`/handovers/of/${person.id}/preview`, { plan })).body;
  const start = () => admin.post(`/handovers/of/${person.id}`, { plan, expected: before });
  const { body } = await start();
  expect((await start()).body.code).toBe('handover_running');
  await sql`update job set state = 'cancelled' where id = ${body.jobId}`.execute(house.services.db);
  const again = await start();
  expect(again.status).toBe(202);
  await runHandover(await house.contextOf(admin), house.services, again.body.id);
  expect(await open(person.id)).toEqual({});
});

test('one record that cannot move holds all back', async () => {
  const { person, ids } = await leaver(2);
  const to = await sales();
  const plan = { rule: { kind: 'one', to: to.id } };
  const { before } = (await admin.post(`/handovers/of/${person.id}/preview`, { plan })).body;
  await sql`insert into record_lock (entity, record_id, holder_id, at) values ('customer', ${ids[1]}, uuidv7(), now())`.execute(
    house.services.db,
  );
  await expect(execute(admin, person.id, plan, before)).rejects.toMatchObject({ code: 'handover_refused' });
  expect(await open(person.id)).toEqual(before);
  const { done } = (await admin.get('/handovers')).body;
  expect(done.find((each: { userId: string }) => each.userId === person.id)).toMatchObject({
    state: 'failed',
  });
});

test('receivers are at work, somebody else, and may see customers; who may not give away may not hand over', async () => {
  const { person } = await leaver(1);
  const gone = await sales();
  await admin.post(`/users/${gone.id}/deactivate`);
  const blind = await house.person({ entities: { task: { actions: { read: 'self' } } } });
  const codes = async (to: string) =>
    (await admin.post(`/handovers/of/${person.id}/preview`, { plan: { rule: { kind: 'one', to } } })).body
      .errors?.[0].code;
  expect(await codes(gone.id)).toBe('handover_receiver_inactive');
  expect(await codes(blind.id)).toBe('handover_receiver_blind');
  expect(await codes(person.id)).toBe('handover_to_leaver');
  const colleague = await sales();
  expect((await colleague.get('/handovers')).status).toBe(403);
});

test('a manager hands over what lies in his departments only', async () => {
  const { person, ids } = await leaver(2);
  const manager = await house.person(
    { entities: { customer: { actions: { read: 'departmentAndBelow', transfer: 'departmentAndBelow' } } } },
    { department: unit },
  );
  const far = await house.department('外地');
  await admin.patch(`/customers/${ids[0]}`, { department: far });
  expect(await open(person.id, manager)).toMatchObject({ customer: 1 });
});

test('a customer is given with the open work its owner had on it, and both come back', async () => {
  const { person, ids } = await leaver(2);
  const [to, other] = [await sales(), await sales()];
  const [first, second] = ids as [string, string];
  const helped = await admin.create('tasks', { subject: '别人的任务', customer: first, owner: other.id });
  const filter = (id: string) =>
    encodeURIComponent(JSON.stringify({ field: 'customer', op: 'eq', value: id }));
  const owners = async (plural: string, id = first) =>
    (await admin.get(`/${plural}?filter=${filter(id)}`)).body.items.map(
      (each: { owner: { id: string } }) => each.owner.id,
    );
  expect((await admin.post('/customers/open-work', { ids: [first] })).body.items).toEqual([
    { entity: 'task', count: 1 },
    { entity: 'promise', count: 1 },
  ]);
  const { body } = await admin.post('/customers/transfer', { ids: [first], owner: to.id, along: ['task'] });
  expect(body.done).toBe(1);
  expect(await ownerOf('customers', first)).toBe(to.id);
  expect((await owners('tasks')).sort()).toEqual([to.id, other.id].sort());
  expect(await ownerOf('tasks', helped.id)).toBe(other.id);
  expect(await owners('promises')).toEqual([person.id]);
  expect(await owners('tasks', second)).toEqual([person.id]);
  await admin.post(`/undo/${body.undoId}`);
  expect(await ownerOf('customers', first)).toBe(person.id);
  expect((await owners('tasks')).sort()).toEqual([person.id, other.id].sort());
  const colleague = await sales();
  expect(
    (await colleague.post('/customers/transfer', { ids: [second], owner: colleague.id, along: ['task'] }))
      .status,
  ).toBe(403);
});

test('managers are reminded while something waits', async () => {
  const { person } = await leaver(1);
  await admin.post(`/users/${person.id}/deactivate`);
  await remind(house.services);
  await remind(house.services);
  const { items } = (await admin.get('/notifications')).body;
  const mine = items.filter((each: { kind: string; text: string }) => each.kind === 'handover.waiting');
  expect(mine.length).toBeGreaterThan(0);
  expect(new Set(mine.map((each: { text: string }) => each.text)).size).toBe(mine.length);
});

test('whatever is handed over and undone is as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom('one', 'even', 'field'),
      fc.nat(4),
      async (customers, kind, hand) => {
        const { person, ids } = await leaver(customers);
        const [a, b] = [await sales(), await sales()];
        const rule = {
          one: { kind: 'one', to: a.id },
          even: { kind: 'even', to: [a.id, b.id] },
          field: { kind: 'field', field: 'city', to: { 宁波市: a.id }, otherwise: hand % 2 ? b.id : null },
        }[kind as 'one'];
        const plan = { rule, byHand: { [ids[hand % ids.length] as string]: hand % 2 ? b.id : null } };
        const before = await open(person.id);
        const state = async () =>
          JSON.stringify(
            (
              await sql`select 'c' as kind, id, owner_id, department_id from customer where id = any(${ids}::uuid[])
                union all select 't', id, owner_id, department_id from task where customer_id = any(${ids}::uuid[])
                union all select 'p', id, owner_id, department_id from promise where customer_id = any(${ids}::uuid[])
                order by 1, 2`.execute(house.services.db)
            ).rows,
          );
        const was = await state();
        const { body } = await execute(admin, person.id, plan, before);
        const undone = (await admin.post(`/handovers/${body.id}/undo`)).body;
        expect(undone.changed).toEqual([]);
        expect(await open(person.id)).toEqual(before);
        expect(await state()).toBe(was);
      },
    ),
    { numRuns: 8 },
  );
}, 120_000);

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemContext } from '../context/services.ts';
import { bring, csv, fileOf } from '../imports/testing/files.ts';
import type { Person } from '../testing/app.ts';
import { expire } from './decide.ts';
import {
  type ApprovalHouse,
  askedNow,
  sheet,
  startApprovals,
  step,
  submit,
  useFlow,
} from './testing/company.ts';

let house: ApprovalHouse;
let starter: Person;
let ann: Person;
let bob: Person;
let cid: Person;

beforeAll(async () => {
  house = await startApprovals();
  ({ starter, ann, bob, cid } = house);
});
afterAll(() => house?.stop());

const remarkOf = async (customer: string) =>
  (await house.administrator.get(`/customers/${customer}`)).body.remark;
const decide = (who: Person, id: string, verb = 'approve', body: object = {}) =>
  who.post(`/approvals/${id}/${verb}`, body);
const codeOf = async (answer: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await answer;
  return [status, body.code];
};
const actions = async (id: string) =>
  (await sheet(house.administrator, id)).history.map((each) => each.action);

describe('without a flow', () => {
  test('a submission is approved at once, says so, and takes effect', async () => {
    const made = await submit(house);
    expect(made).toMatchObject({ status: 'approved', automatic: true });
    expect(await remarkOf(made.customer)).toBe('已批准');
    const { history } = await sheet(starter, made.id);
    expect(history.map(({ action, note }) => [action, note])).toContainEqual(['passed', 'noFlow']);
  });
});

describe('with a flow', () => {
  beforeAll(() => useFlow(house, [step('主管', [ann, bob]), step('总监', [cid])]));

  test('everyone decides in his turn, the effect comes with the last', async () => {
    const { id, customer } = await submit(house);
    expect(await askedNow(house, id)).toEqual(['安然', '包博']);
    expect((await decide(ann, id, 'approve', { comment: '可以' })).status).toBe(200);
    expect((await decide(bob, id)).body.now.people).toEqual([cid.id]);
    expect(await remarkOf(customer)).toBeNull();
    expect((await decide(cid, id)).body).toMatchObject({ status: 'approved', now: null });
    expect(await remarkOf(customer)).toBe('已批准');
    const { history } = await sheet(starter, id);
    expect(history.find((each) => each.comment === '可以')).toMatchObject({
      actor: { id: ann.id, title: '安然' },
      action: 'approved',
      step: '主管',
    });
  });

  test('two who decide at once never decide the same twice', async () => {
    const { id } = await submit(house);
    await decide(ann, id);
    await decide(bob, id);
    const answers = await Promise.all(Array.from({ length: 4 }, () => decide(cid, id)));
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409, 409, 409]);
    expect((await actions(id)).filter((action) => action === 'ended')).toHaveLength(1);
  });

  test('approving and withdrawing at once: one of them wins, and only its effect happens', async () => {
    const { id, customer } = await submit(house);
    await decide(ann, id);
    await decide(bob, id);
    const [approved, withdrawn] = await Promise.all([decide(cid, id), decide(starter, id, 'withdraw')]);
    expect([approved.status, withdrawn.status].toSorted()).toEqual([200, 409]);
    expect(await remarkOf(customer)).toBe(approved.status === 200 ? '已批准' : '已撤回');
  });

  test('an effect that fails takes the decision with it', async () => {
    const { id, customer } = await submit(house, { fails: true });
    await decide(ann, id);
    await decide(bob, id);
    expect((await decide(cid, id)).status).toBe(500);
    expect((await sheet(cid, id)).status).toBe('running');
    expect(await remarkOf(customer)).toBeNull();
    expect((await decide(starter, id, 'withdraw')).status).toBe(200);
  });

  test('of one thing about one record only one decision is open', async () => {
    const { customer } = await submit(house);
    const again = { subject: 'test.stamp', record: customer };
    expect(await codeOf(starter.post('/approvals', again))).toEqual([409, 'approval_running']);
  });

  test('the record is locked meanwhile: for edits, mass actions, deletion and imports', async () => {
    const { id, customer } = await submit(house);
    const admin = house.administrator;
    const read = (await admin.get(`/customers/${customer}`)).body;
    expect(await codeOf(admin.patch(`/customers/${customer}`, { remark: '改' }))).toEqual([
      423,
      'record_locked',
    ]);
    expect(await codeOf(admin.delete(`/customers/${customer}`))).toEqual([423, 'record_locked']);
    const free = await starter.create('customers', { name: '自由客户' });
    const ids = [customer, free.id];
    const mass = await admin.post('/customers/mass-update', { ids, set: { remark: '群改' } });
    expect(mass.body).toMatchObject({ done: 1, failed: [{ id: customer, code: 'record_locked' }] });
    const gone = await admin.post('/customers/mass-delete', { ids });
    expect(gone.body).toMatchObject({ done: 1, failed: [{ id: customer, code: 'record_locked' }] });
    expect((await admin.get(`/customers/${customer}`)).body).toMatchObject({
      remark: null,
      version: read.version,
    });
    const file = fileOf(csv(['名称', '备注'], [read.name, '导入改']));
    const brought = await bring(await house.context(), house.services, 'customer', file, {
      onDuplicate: 'update',
    });
    expect(brought.counts).toMatchObject({ failed: 1, updated: 0 });
    expect(await remarkOf(customer)).toBeNull();
    await decide(starter, id, 'withdraw');
    expect((await admin.patch(`/customers/${customer}`, { remark: '改' })).status).toBe(200);
  });

  test('an edit that waits for the row while the approval begins finds it locked', async () => {
    const { id: customer } = await starter.create('customers', { name: `同时${Math.random()}` });
    const begin = starter.post('/approvals', { subject: 'test.stamp', record: customer });
    const edits = Array.from({ length: 4 }, (_, at) =>
      starter.patch(`/customers/${customer}`, { remark: `改${at}` }),
    );
    const [begun, ...answers] = await Promise.all([begin, ...edits]);
    expect(begun.status).toBe(201);
    const { version } = (await starter.get(`/customers/${customer}`)).body;
    const taken = answers.filter((answer) => answer.status === 200);
    expect(answers.filter((answer) => answer.status === 423)).toHaveLength(4 - taken.length);
    expect(version).toBe(1 + taken.length);
  });

  test('a refusal ends it, and the record is free again', async () => {
    const { id, customer } = await submit(house);
    expect(await codeOf(decide(ann, id, 'reject'))).toEqual([422, 'invalid']);
    await decide(ann, id, 'reject', { comment: '不合适' });
    expect(await codeOf(decide(bob, id))).toEqual([409, 'approval_ended']);
    expect(await remarkOf(customer)).toBe('被拒绝');
    expect((await starter.patch(`/customers/${customer}`, { remark: '好吧' })).status).toBe(200);
  });

  test('what was submitted is told to who takes part, and to who sees all of the record', async () => {
    const { id } = await submit(house, { amount: '4200' });
    const reader = (fields: Record<string, 'hidden'>) =>
      house.person({ entities: { customer: { actions: { read: 'all' }, fields } } });
    const told = async (who: Person) => {
      const { status, lines, input } = await sheet(who, id);
      return { status, lines: lines.length, amount: input.amount };
    };
    expect(await told(bob)).toMatchObject({ lines: 1, amount: '4200' });
    expect(await told(await reader({}))).toMatchObject({ lines: 1, amount: '4200' });
    expect(await told(await reader({ annualRevenue: 'hidden' }))).toEqual({
      status: 'running',
      lines: 0,
      amount: undefined,
    });
    expect((await (await house.person({})).get(`/approvals/${id}`)).status).toBe(404);
  });

  test('returned to the starter it can be mended and submitted again', async () => {
    const { id, customer } = await submit(house, { amount: '1' });
    await decide(ann, id, 'reject', { to: 'starter', comment: '金额不对' });
    expect((await starter.patch(`/customers/${customer}`, { remark: '改好了' })).status).toBe(200);
    expect((await decide(starter, id, 'resubmit', { input: { amount: '2' } })).body).toMatchObject({
      status: 'running',
      round: 2,
      lines: [{ value: '2' }],
    });
    expect(await askedNow(house, id)).toEqual(['安然', '包博']);
    const { history } = await sheet(starter, id);
    expect(history.find(({ action }) => action === 'returned')?.step).toBe('主管');
    expect(await codeOf(starter.patch(`/customers/${customer}`, { remark: '再改' }))).toEqual([
      423,
      'record_locked',
    ]);
  });

  test('sent back, handed over, added before: as the machine says, and told in the history', async () => {
    const { id } = await submit(house);
    await decide(ann, id);
    await decide(bob, id, 'hand-over', { to: house.administrator.id, comment: '请管理员看' });
    expect(await codeOf(decide(bob, id))).toEqual([409, 'approval_decided']);
    const given = (await sheet(ann, id)).steps.flatMap(({ seats }) => seats.filter(({ to }) => to));
    expect(given).toMatchObject([{ person: bob.id, state: 'dropped', to: house.administrator.id }]);
    await decide(house.administrator, id);
    const { can } = await sheet(cid, id);
    expect(can.back).toHaveLength(1);
    await decide(cid, id, 'reject', { to: can.back[0]?.id, comment: '主管再看一次' });
    expect(await askedNow(house, id)).toEqual(['安然', '包博']);
    await decide(ann, id, 'add-approvers', { where: 'before', people: [cid.id] });
    expect(await askedNow(house, id)).toEqual(['陈曦']);
    await decide(cid, id);
    expect(await askedNow(house, id)).toEqual(['安然', '包博']);
    expect(await actions(id)).toEqual(expect.arrayContaining(['handed', 'sentBack', 'added']));
  });

  test('what runs ends under the version it began with', async () => {
    const { id } = await submit(house);
    await useFlow(house, [step('新流程', [bob])]);
    const later = await submit(house);
    expect(await askedNow(house, later.id)).toEqual(['包博']);
    await decide(ann, id, 'reject', { to: 'starter', comment: '补充' });
    await decide(starter, id, 'resubmit');
    expect(await askedNow(house, id)).toEqual(['安然', '包博']);
    await useFlow(house, [step('主管', [ann, bob]), step('总监', [cid])]);
  });

  test('reminding tells those who are asked, once an hour', async () => {
    const { id } = await submit(house);
    expect((await decide(starter, id, 'remind')).status).toBe(200);
    expect(await codeOf(decide(starter, id, 'remind'))).toEqual([429, 'approval_reminded']);
    const { items } = (await ann.get('/notifications')).body;
    expect(items.map((item: { kind: string }) => item.kind)).toEqual(
      expect.arrayContaining(['approval.asked', 'approval.reminded']),
    );
  });
});

describe('who sees what', () => {
  let id: string;
  let stranger: Person;
  beforeAll(async () => {
    await useFlow(house, [
      { kind: 'cc', id: 'c', name: '知会', approvers: [{ kind: 'users', users: [bob.id] }] },
      step('主管', [ann]),
    ]);
    stranger = await house.person({});
    ({ id } = await submit(house));
  });
  const boxOf = async (who: Person, box: string) =>
    (await who.get(`/approvals?box=${box}`)).body.items.map((item: { id: string }) => item.id);

  test('work lists: to decide, begun, told, decided', async () => {
    expect(await boxOf(ann, 'todo')).toContain(id);
    expect(await boxOf(starter, 'mine')).toContain(id);
    expect(await boxOf(bob, 'cc')).toContain(id);
    expect((await bob.get('/approvals/waiting')).body.unread).toBe(1);
    await bob.post(`/approvals/${id}/read`);
    expect((await bob.get('/approvals/waiting')).body.unread).toBe(0);
    expect(await boxOf(ann, 'done')).not.toContain(id);
    await decide(ann, id);
    expect(await boxOf(ann, 'todo')).not.toContain(id);
    expect(await boxOf(ann, 'done')).toContain(id);
  });

  test('a stranger sees nothing of it and cannot act', async () => {
    expect((await stranger.get(`/approvals/${id}`)).status).toBe(404);
    for (const verb of ['approve', 'withdraw', 'remind', 'hand-over'])
      expect((await decide(stranger, id, verb, verb === 'hand-over' ? { to: ann.id } : {})).status).toBe(404);
  });

  test('who may read the record sees its approvals', async () => {
    const reader = await house.person({ entities: { customer: { actions: { read: 'all' } } } });
    expect((await reader.get(`/approvals/${id}`)).status).toBe(200);
    const { record } = await sheet(reader, id);
    const { body } = await reader.get(`/approvals?entity=customer&record=${record?.id}`);
    expect(body.items.map((item: { id: string }) => item.id)).toEqual([id]);
    expect((await stranger.get(`/approvals?entity=customer&record=${record?.id}`)).status).toBe(403);
  });

  test('only the starter withdraws and reminds; only administrators keep flows', async () => {
    const running = await submit(house);
    expect(await codeOf(decide(ann, running.id, 'withdraw'))).toEqual([403, 'approval_starter_only']);
    expect((await ann.get('/approval-flows')).status).toBe(403);
  });
});

test('while somebody is away, who stands in decides, and the history says for whom', async () => {
  await useFlow(house, [step('主管', [ann])]);
  const now = Temporal.Now.instant();
  const away = await ann.post('/approval-delegations', {
    to: cid.id,
    from: now.subtract({ hours: 1 }).toString(),
    until: now.add({ hours: 1 }).toString(),
  });
  expect(away.status).toBe(201);
  const { id } = await submit(house);
  expect((await cid.get('/approvals?box=todo')).body.items.map((item: { id: string }) => item.id)).toContain(
    id,
  );
  const after = await decide(cid, id, 'approve', { comment: '代批' });
  expect(after.body.history.find((each: { comment: string }) => each.comment === '代批')).toMatchObject({
    actor: { id: cid.id },
    standsFor: { id: ann.id, title: '安然' },
  });
  const other = await submit(house);
  expect((await ann.delete(`/approval-delegations/${away.body.id}`)).status).toBe(204);
  expect((await decide(cid, other.id)).status).toBe(404);
});

test('a node lets its approvers change its fields, and no others', async () => {
  await useFlow(house, [step('主管', [ann], { editable: ['remark'] })]);
  const { id, customer } = await submit(house);
  expect((await sheet(ann, id)).can.editable).toEqual(['remark']);
  const barred = await decide(ann, id, 'approve', { edits: { name: '改名' } });
  expect(barred.body.errors).toEqual([
    expect.objectContaining({ path: 'edits.name', code: 'field_not_writable' }),
  ]);
  const { id: other, customer: second } = await submit(house);
  expect((await decide(ann, other, 'approve', { edits: { remark: '批时改' } })).status).toBe(200);
  const audit = await house.administrator.get(`/audit?recordId=${second}`);
  expect(JSON.stringify(audit.body)).toContain('批时改');
  expect(await remarkOf(customer)).toBeNull();
});

test('a branch is chosen by the values at submission, of the subject, the record and the starter', async () => {
  await useFlow(house, [
    {
      kind: 'branch',
      id: 'f',
      branches: [
        {
          id: 'b1',
          name: '大额',
          when: { field: 'amount', op: 'gt', value: '1000' },
          nodes: [step('总监', [cid])],
        },
        {
          id: 'b2',
          name: '重要',
          when: {
            and: [
              { field: 'name', op: 'startsWith', value: '重要' },
              { field: 'starter', op: 'eq', value: starter.id },
            ],
          },
          nodes: [step('主管', [bob])],
        },
        { id: 'b3', name: '其他', when: null, nodes: [{ kind: 'end', id: 'e', outcome: 'approved' }] },
      ],
    },
  ]);
  expect(await askedNow(house, (await submit(house, { amount: '1000.01' })).id)).toEqual(['陈曦']);
  expect((await submit(house, { amount: '1000' })).status).toBe('approved');
  const important = await starter.create('customers', { name: '重要客户' });
  const made = await starter.post('/approvals', { subject: 'test.stamp', record: important.id });
  expect(await askedNow(house, made.body.id)).toEqual(['包博']);
});

test('people: role, managers, chain, chosen; nobody there means the administrator', async () => {
  const boss = await house.person({}, { name: '高总' });
  const lead = await house.person({}, { name: '罗组长' });
  const department = await house.department('华东');
  await house.administrator.patch(`/departments/${department}`, { manager: boss.id });
  await house.administrator.patch(`/users/${lead.id}`, { department });
  await house.administrator.patch(`/users/${starter.id}`, { manager: lead.id, department });
  const role = await house.administrator.create('roles', { name: '出纳组', permissions: {} });
  await house.administrator.patch(`/users/${bob.id}`, { roles: [role.id] });
  const asks = async (approvers: Parameters<typeof step>[2]) => {
    await useFlow(house, [step('人', [], approvers)]);
    return askedNow(house, (await submit(house, {}, { chosen: { 人: [cid.id] } })).id);
  };
  expect(await asks({ approvers: [{ kind: 'role', role: role.id }] })).toEqual(['包博']);
  expect(await asks({ approvers: [{ kind: 'manager', of: 'starter', level: 1 }] })).toEqual(['罗组长']);
  expect(await asks({ approvers: [{ kind: 'manager', of: 'starter', level: 2 }] })).toEqual(['高总']);
  expect(await asks({ approvers: [{ kind: 'manager', of: 'department', level: 1 }] })).toEqual(['高总']);
  expect(await asks({ approvers: [{ kind: 'chain', levels: 5 }] })).toEqual(['罗组长']);
  expect(await asks({ approvers: [{ kind: 'chosen' }] })).toEqual(['陈曦']);
  expect(await asks({ approvers: [{ kind: 'manager', of: 'starter', level: 9 }] })).toEqual(['林静']);
  await house.administrator.post(`/users/${lead.id}/deactivate`, {});
  expect(await asks({ approvers: [{ kind: 'manager', of: 'starter', level: 1 }] })).toEqual(['林静']);
});

test('approvers whom the starter chooses must be chosen', async () => {
  await useFlow(house, [step('人', [], { approvers: [{ kind: 'chosen' }] })]);
  const customer = await starter.create('customers', { name: '待选' });
  const refused = await starter.post('/approvals', { subject: 'test.stamp', record: customer.id });
  expect(refused.body.errors).toEqual([
    expect.objectContaining({ path: 'chosen.人', code: 'approval_choose' }),
  ]);
  const preview = await starter.post('/approvals/preview', { subject: 'test.stamp', record: customer.id });
  expect(preview.body).toMatchObject({ needed: true, route: [{ id: '人', choose: true }] });
  expect((await starter.patch(`/customers/${customer.id}`, { remark: '没锁' })).status).toBe(200);
});

test('what nobody decides in time is escalated, once', async () => {
  await useFlow(house, [
    step('主管', [bob], { limit: { hours: 2, clock: 'clock', effect: 'handTo', to: cid.id } }),
  ]);
  const { id } = await submit(house);
  const ctx = await systemContext(house.services, { kind: 'job' });
  expect(await expire(ctx, id)).toBe(false);
  await sql`update approval set due_at = now() - interval '1 minute' where id = ${id}`.execute(ctx.db);
  expect(await expire(ctx, id)).toBe(true);
  expect(await askedNow(house, id)).toEqual(['陈曦']);
  expect(await expire(ctx, id)).toBe(false);
  expect(await codeOf(decide(bob, id))).toEqual([409, 'approval_decided']);
});

describe('flows', () => {
  const admin = () => house.administrator;
  test('with faults cannot be put into use, but kept as drafts', async () => {
    const body = { subject: 'test.stamp', name: '草稿', definition: { nodes: [step('空', [])] } };
    const refused = await admin().post('/approval-flows', { ...body, active: true });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      code: 'flow_faulty',
      errors: [{ path: 'definition.空', code: 'flow_no_approver' }],
    });
    expect((await admin().post('/approval-flows', body)).status).toBe(201);
  });

  test('keep their versions, and one is in use per subject', async () => {
    const first = await useFlow(house, [step('一', [ann])]);
    const second = await useFlow(house, [step('二', [bob])]);
    const { items } = (await admin().get('/approval-flows')).body;
    const inUse = items.filter(
      (flow: { active: boolean; subject: string }) => flow.active && flow.subject === 'test.stamp',
    );
    expect(inUse.map((flow: { id: string }) => flow.id)).toEqual([second.id]);
    const changed = await admin().patch(
      `/approval-flows/${first.id}`,
      { active: true, definition: { nodes: [step('三', [cid])] } },
      { 'if-match': '"1"' },
    );
    expect(changed.body).toMatchObject({ version: 2, active: true });
    expect(
      (await admin().patch(`/approval-flows/${first.id}`, { name: '晚了' }, { 'if-match': '"1"' })).status,
    ).toBe(412);
    const versions = (await admin().get(`/approval-flows/${first.id}/versions`)).body.items;
    expect(versions.map((each: { version: number }) => each.version)).toEqual([2, 1]);
    expect((await admin().delete(`/approval-flows/${first.id}`)).status).toBe(204);
    expect((await submit(house)).automatic).toBe(true);
  });

  test('are tried with example values', async () => {
    const definition = {
      nodes: [
        {
          kind: 'branch',
          id: 'f',
          branches: [
            {
              id: 'b1',
              name: '大',
              when: { field: 'amount', op: 'gte', value: '10' },
              nodes: [step('总监', [cid])],
            },
            { id: 'b2', name: '其他', when: null, nodes: [step('空的', [])] },
          ],
        },
      ],
    };
    const tried = async (amount: string) =>
      (await admin().post('/approval-flows/test', { subject: 'test.stamp', definition, values: { amount } }))
        .body;
    expect(await tried('10')).toMatchObject({
      faults: [{ node: '空的', code: 'flow_no_approver' }],
      route: [{ name: '总监', people: [{ title: '陈曦' }] }],
    });
    expect(await tried('9')).toMatchObject({
      route: [{ name: '空的', empty: true, people: [{ title: '林静' }] }],
    });
  });

  test.each<[string, unknown]>([
    ['no object', 7],
    ['an unknown kind', { nodes: [{ kind: 'magic', id: 'x' }] }],
    ['an unknown member', { nodes: [], more: 1 }],
    [
      'a condition of nothing',
      { nodes: [{ kind: 'branch', id: 'x', branches: [{ id: 'y', name: '', when: 7, nodes: [] }] }] },
    ],
  ])('refuses a definition that is %s', async (_name, definition) => {
    const answer = await admin().post('/approval-flows', { subject: 'test.stamp', name: '坏', definition });
    expect(answer.status).toBe(422);
  });
});

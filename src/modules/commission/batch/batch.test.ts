import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { earnedBy, orderOf, planFor, received, untrue, yuan } from '../testing/earning.ts';

let house: TestApp;
let boss: Person;
beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
});
afterEach(async () => {
  expect(await untrue(house)).toEqual([]);
  const { rows } =
    await sql`select b.id from commission_batch b left join lateral (select coalesce(sum(amount), 0) as sum,
    count(*) as rows from commission_row r where r.batch_id = b.id and r.deleted_at is null) s on true
    where b.status <> 'undone' and (b.total <> s.sum or b.row_count <> s.rows)`.execute(house.services.db);
  expect(rows).toEqual([]);
});
afterAll(() => house.stop());

const UNTIL = '2030-12-31';
let count = 0;

/** Somebody who has earned 30 yuan. */
async function earner() {
  const { id } = await house.person({ entities: {} });
  await planFor(boss, [id]);
  const order = await orderOf(house, boss, '1130', { performer: id });
  const receipt = await received(boss, order, '1130');
  await house.follow();
  return { id, order, receipt };
}
const begin = (people: string[], more: object = {}) =>
  boss.create('commission-batches', { name: `十一月提成${++count}`, until: UNTIL, people, ...more });
const act = (id: string, command: string, body: object = {}) =>
  boss.post(`/commission-batches/${id}/commission-${command}`, body);
const batch = async (id: string) => (await boss.get(`/commission-batches/${id}`)).body;
const states = async (person: string) => (await earnedBy(house, person)).map(({ status }) => status);

describe('a batch', () => {
  test('takes in what is open, is finished, approved where nobody has to decide, and paid', async () => {
    const one = await earner();
    const made = await begin([one.id]);
    expect(made).toMatchObject({ status: 'draft', total: yuan('30.00'), peopleCount: 1, rowCount: 1 });
    expect((await act(made.id, 'submit')).body).toMatchObject({ status: 'approved' });
    expect((await act(made.id, 'adjust', { person: one.id, amount: '5', reason: '晚了' })).body.code).toBe(
      'commission_batch_state',
    );
    expect((await act(made.id, 'pay', { day: '2026-01-01' })).body).toEqual({ status: 'paid' });
    expect(await batch(made.id)).toMatchObject({ status: 'paid', paidOn: '2026-01-01' });
    expect(await states(one.id)).toEqual(['paid']);
    for (const command of ['undo', 'pay'])
      expect((await act(made.id, command, { reason: '后悔' })).status).toBeGreaterThanOrEqual(409);
  });

  test('is begun with nothing in it, but not finished', async () => {
    const { id } = await house.person({ entities: {} });
    const made = await begin([id]);
    expect(made).toMatchObject({ total: yuan('0.00'), rowCount: 0 });
    expect((await act(made.id, 'submit')).body.errors).toMatchObject([{ code: 'commission_batch_empty' }]);
  });

  test('is adjusted by hand with a reason, also downwards', async () => {
    const one = await earner();
    const { id } = await begin([one.id]);
    expect((await act(id, 'adjust', { person: one.id, amount: '-4.50', reason: '' })).status).toBe(422);
    for (const amount of ['0', '0.00'])
      expect((await act(id, 'adjust', { person: one.id, amount, reason: '无' })).status).toBe(422);
    expect((await act(id, 'adjust', { person: one.id, amount: '-4.50', reason: '样品损坏' })).status).toBe(
      200,
    );
    expect(await batch(id)).toMatchObject({ total: yuan('25.50'), rowCount: 2 });
  });

  test('leaves rows for the next, and takes in what has come since', async () => {
    const one = await earner();
    const { id } = await begin([one.id]);
    const [row] = (await boss.get('/commission-rows?sort=-createdAt&limit=1')).body.items;
    expect((await act(id, 'leave-out', { rows: [row.id], reason: '待核实' })).body).toEqual({ done: 1 });
    expect([await states(one.id), (await batch(id)).rowCount]).toEqual([['open'], 0]);
    expect((await act(id, 'leave-out', { rows: [row.id], reason: '再来' })).status).toBe(422);
    expect((await act(id, 'refill')).status).toBe(200);
    expect((await batch(id)).rowCount).toBe(1);
  });

  test('is undone before it is paid, and its rows wait for the next', async () => {
    const one = await earner();
    const { id } = await begin([one.id]);
    await act(id, 'submit');
    expect((await act(id, 'undo', { reason: '方案有误' })).body).toEqual({ status: 'undone' });
    expect(await states(one.id)).toEqual(['open']);
    expect((await begin([one.id])).rowCount).toBe(1);
  });

  test('once finished stays as it is: what is taken back goes to the next', async () => {
    const one = await earner();
    const { id } = await begin([one.id]);
    await act(id, 'submit');
    await boss.post(`/receipts/${one.receipt}/reverse`, { reason: '退票' });
    await house.follow();
    expect(await batch(id)).toMatchObject({ total: yuan('30.00'), rowCount: 1 });
    await act(id, 'pay');
    expect(await states(one.id)).toEqual(['paid', 'open']);
    // Alone it would be below nothing: it waits, unless somebody leaves.
    expect((await begin([one.id])).rowCount).toBe(0);
    expect(await begin([one.id], { withNegative: true })).toMatchObject({
      total: yuan('-30.00'),
      rowCount: 1,
    });
  });

  test('of the same rows many at once: each row in one of them', async () => {
    const people = [await earner(), await earner(), await earner()].map(({ id }) => id);
    const made = await Promise.all(Array.from({ length: 5 }, () => begin(people)));
    expect(made.map(({ rowCount }) => Number(rowCount)).reduce((sum, each) => sum + each, 0)).toBe(3);
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from commission_row where owner_id = any(${people}::uuid[])
      and batch_id is not null`.execute(house.services.db);
    expect(rows[0]?.n).toBe(3);
    const two = sql`update commission_row set batch_id = gen_random_uuid() where owner_id = any(${people}::uuid[])`;
    await expect(two.execute(house.services.db)).rejects.toThrow('one batch at most');
  });

  test('is paid once, however many try', async () => {
    const one = await earner();
    const { id } = await begin([one.id]);
    await act(id, 'submit');
    const tries = await Promise.all([1, 2, 3].map(() => act(id, 'pay')));
    expect(tries.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });
});

test('where the company wants it somebody agrees first, and what he sent back is checked again', async () => {
  const one = await earner();
  const chief = await house.person({ entities: {} });
  const approvers = [{ kind: 'users', users: [chief.id] }];
  const nodes = [{ kind: 'approve', id: 'chief', name: '总经理', approvers, mode: 'any' }];
  const flow = await boss.post('/approval-flows', {
    subject: 'commission.batch',
    name: '提成结算',
    active: true,
    definition: { nodes },
  });
  expect(flow.status).toBe(201);
  const { id } = await begin([one.id]);
  const { body } = await act(id, 'submit');
  expect([body.status, (await batch(id)).status]).toEqual(['approving', 'approving']);
  expect((await act(id, 'undo', { reason: '撤' })).status).toBe(409);
  const refused = await chief.post(`/approvals/${body.approval}/reject`, { comment: '王工的不对' });
  expect([refused.status, (await batch(id)).status]).toEqual([200, 'draft']);
  const again = (await act(id, 'submit')).body.approval;
  expect((await chief.post(`/approvals/${again}/approve`, {})).status).toBe(200);
  expect((await batch(id)).status).toBe('approved');
  await boss.patch(`/approval-flows/${flow.body.id}`, { active: false });
});

test('a batch that is not named is called after the month it settles', async () => {
  const one = await earner();
  const made = await boss.create('commission-batches', { until: '2026-10-31', people: [one.id] });
  expect(made.name).toBe('2026-10 提成结算');
});

describe('who may see what', () => {
  test('his own rows, his people’s, or all', async () => {
    const east = await house.department('华东');
    const read = (scope: string) => ({ entities: { commissionRow: { actions: { read: scope } } } }) as never;
    const seller = await house.person(read('self'), { department: east });
    const other = await house.person(read('self'), { department: east });
    const manager = await house.person(read('departmentAndBelow'), { department: east });
    const stranger = await house.person({ entities: {} });
    await planFor(boss, [seller.id, other.id]);
    for (const performer of [seller.id, other.id])
      await received(boss, await orderOf(house, boss, '1130', { performer }), '1130');
    await house.follow();
    const owners = async (who: Person) =>
      ((await who.get('/commission-rows')).body.items ?? []).map(
        (row: { owner: { id: string } }) => row.owner.id,
      );
    expect(await owners(seller)).toEqual([seller.id]);
    expect((await owners(manager)).sort()).toEqual([seller.id, other.id].sort());
    expect((await stranger.get('/commission-rows')).status).toBe(403);
    const [{ id }] = (await other.get('/commission-rows')).body.items;
    expect((await seller.get(`/commission-rows/${id}`)).status).toBe(404);
    for (const path of ['commission-batches', 'commission-plans', 'commission-splits'])
      expect([path, (await seller.get(`/${path}`)).status]).toEqual([path, 403]);
    const give = { name: '给自己', owner: seller.id, day: '2026-11-01', amount: yuan('1000') };
    expect((await seller.post('/commission-rows', give)).status).toBe(403);
  });

  test('reckoned rows are nobody’s to change; those entered by hand are, until a batch holds them', async () => {
    const one = await earner();
    const [row] = (await boss.get('/commission-rows?sort=-createdAt&limit=1')).body.items;
    expect(
      (await boss.patch(`/commission-rows/${row.id}`, { amount: yuan('999') })).body.errors,
    ).toMatchObject([{ code: 'commission_row_settled' }]);
    expect((await boss.delete(`/commission-rows/${row.id}`)).status).toBe(409);
    const hand = await boss.create('commission-rows', {
      name: '开拓奖',
      owner: one.id,
      day: '2026-11-01',
      amount: yuan('8'),
    });
    expect(hand).toMatchObject({ kind: 'adjustment', status: 'open' });
    expect((await boss.patch(`/commission-rows/${hand.id}`, { amount: yuan('9') })).status).toBe(200);
    expect((await begin([one.id])).total).toEqual(yuan('39.00'));
    expect((await boss.delete(`/commission-rows/${hand.id}`)).status).toBe(409);
  });
});

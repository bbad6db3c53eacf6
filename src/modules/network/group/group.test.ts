import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { changeRows, lockRows, updateRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import type { GroupAnswer } from './group.shared.ts';

let house: TestApp;
let admin: Person;
beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house.stop());

const company = async (name: string, more: object = {}) =>
  (await admin.create('customers', { name, ...more })).id;
const group = async (id: string, by = admin) => (await by.get(`/customers/${id}/group`)).body as GroupAnswer;

describe('circles of parents are refused', () => {
  test('by every way they could come about, at once and by turns', async () => {
    const ids = await Promise.all([...'甲乙丙丁戊'].map((name) => company(`圆环${name}`)));
    const move = fc.record({
      who: fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 }),
      under: fc.nat(4),
      mass: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 8 }), async (moves) => {
        await admin.post('/customers/mass-update', { ids, set: { parent: null } });
        await Promise.all(
          moves.map(({ who, under, mass }) =>
            mass
              ? admin.post('/customers/mass-update', {
                  ids: who.map((at) => ids[at]),
                  set: { parent: ids[under] },
                })
              : admin.patch(`/customers/${ids[who[0] as number]}`, { parent: ids[under] }),
          ),
        );
        const list = (await admin.get('/customers?q=圆环&limit=50')).body.items as {
          id: string;
          parent: { id: string } | null;
        }[];
        const above = new Map(list.map(({ id, parent }) => [id, parent?.id]));
        for (const id of ids) {
          let at = above.get(id);
          for (let step = 0; at && step <= ids.length; step += 1) {
            expect(step).toBeLessThan(ids.length);
            at = above.get(at);
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  test('when a company is merged into one far below it', async () => {
    const top = await company('合并上');
    const middle = await company('合并中', { parent: top });
    const leaf = await company('合并下', { parent: middle });
    const answer = await admin.post('/customers/merge', { ids: [top, leaf], into: leaf });
    expect([answer.status, answer.body.errors?.[0].code ?? answer.body.code]).toEqual([422, 'parent_circle']);
    expect((await group(leaf)).nodes).toHaveLength(3);
  });

  test('by the database itself, for two at the same moment', async () => {
    const [a, b] = [await company('同时甲'), await company('同时乙')];
    const ctx = await house.context();
    const both = await Promise.allSettled([
      updateRecord(ctx, 'customer', a, { parent: b }, null),
      updateRecord(ctx, 'customer', b, { parent: a }, null),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('within one batch, as an import writes it', async () => {
    const ids = [await company('批量甲'), await company('批量乙'), await company('批量丙')];
    const ctx = await house.context();
    const entity = entityNamed(ctx.registry, 'customer');
    await inTransaction(ctx, async (inner) => {
      const rows = await lockRows(inner, entity, ids);
      const changes = rows.map((row, at) => ({ row, values: { parent: rows[(at + 1) % 3]?.id } }));
      const { drafts } = await changeRows(inner, entity, changes);
      expect(drafts.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
        [],
        [],
        ['parent_circle'],
      ]);
    });
  });

  test('and people do not report to themselves', async () => {
    const boss = await admin.create('contacts', { name: '张总' });
    const head = await admin.create('contacts', { name: '李处', reportsTo: boss.id });
    for (const reportsTo of [boss.id, head.id])
      expect((await admin.patch(`/contacts/${boss.id}`, { reportsTo })).body.errors).toMatchObject([
        { path: 'reportsTo', code: 'reports_circle' },
      ]);
  });

  test('a way up has an end', async () => {
    let parent = await company('深0');
    let status = 201;
    let levels = 1;
    for (; status === 201 && levels < 40; levels += 1) {
      const answer = await admin.post('/customers', { name: `深${levels}`, parent });
      status = answer.status;
      if (status === 201) parent = answer.body.id;
      else expect(answer.body.errors).toMatchObject([{ path: 'parent', code: 'parent_too_deep' }]);
    }
    expect([status, levels]).toEqual([422, 32]);
    expect((await group(parent)).nodes).toHaveLength(31);
  });
});

test('a group is told from any of its companies, within the reader’s sight only', async () => {
  const seller = await house.person({
    entities: {
      customer: { actions: { read: 'self' }, fields: { annualRevenue: 'hidden' } },
      contact: { actions: { read: 'self' } },
    },
  });
  const top = await company('华东集团', { annualRevenue: { amount: '1000.50', currency: 'CNY' } });
  const hidden = await company('华东中间', { parent: top });
  const mine = await company('华东子公司', {
    parent: hidden,
    owner: seller.id,
    annualRevenue: { amount: '2.25', currency: 'CNY' },
  });
  for (const customer of [top, mine]) await admin.create('contacts', { name: '老周', customer });
  await admin.create('tasks', { subject: '送样', customer: mine });
  for (const id of [top, mine]) {
    const { nodes } = await group(id);
    expect(nodes.map((node) => node.title)).toEqual(['华东集团', '华东中间', '华东子公司']);
    expect(nodes[0]?.total).toMatchObject({
      customers: 3,
      contacts: 2,
      openTasks: 1,
      annualRevenue: '1002.75',
    });
  }
  const seen = await group(mine, seller);
  expect(seen).toEqual({
    cut: false,
    nodes: [
      expect.objectContaining({
        id: mine,
        parent: null,
        total: { customers: 1, contacts: 1, openTasks: 0, lastContactAt: null, annualRevenue: null },
      }),
    ],
  });
  expect((await seller.get(`/customers/${top}/group`)).status).toBe(404);
});

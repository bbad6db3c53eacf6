import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../context/context.ts';
import { entityNamed } from '../entity/registry.ts';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';
import type { ScopeValue } from './policy.ts';
import { rowInScope, scopeBranches, scopeCondition } from './where.ts';

let house: TestApp;
let me: Person;
let mine: string;
let other: string;
let ctx: Context;

/** Contacts named by why I might see them. */
beforeAll(async () => {
  house = await startTestApp();
  const { administrator: admin } = house;
  [mine, other] = [await house.department('我的'), await house.department('别的')];
  me = await house.person({ entities: { contact: { actions: { read: 'self' } } } }, { department: mine });
  const customer = (name: string, owner: string, department: string) =>
    admin.create('customers', { name, owner, department });
  const [own, near, far, shared] = await Promise.all([
    customer('我的客户', me.id, other),
    customer('部门客户', admin.id, mine),
    customer('别的客户', admin.id, other),
    customer('共享客户', admin.id, other),
  ]);
  const contact = async (name: string, more: object) =>
    (await admin.create('contacts', { name, ...more })).id;
  await contact('根主', { customer: own.id });
  await contact('部门', { customer: near.id });
  await contact('自主', { customer: far.id, owner: me.id });
  await contact('根享', { customer: shared.id });
  await contact('无关', { customer: far.id });
  const read = await contact('读享', { customer: far.id });
  const write = await contact('写享', { customer: far.id });
  const late = await contact('过期', { customer: far.id });
  const share = (path: string, body: object) => admin.post(`/${path}/share`, { access: 'read', ...body });
  await share(`customers/${shared.id}`, { user: me.id });
  await share(`contacts/${read}`, { user: me.id });
  await share(`contacts/${write}`, { department: mine, access: 'write' });
  await share(`contacts/${late}`, { user: me.id });
  await sql`update record_share set expires_at = now() - interval '1 second' where record_id = ${late}`.execute(
    house.services.db,
  );
  ctx = await house.contextOf(me);
});
afterAll(() => house.stop());

const BOTH = ['root_owner_id', 'owner_id'] as const;
const some = (more: Partial<Extract<ScopeValue, { kind: 'some' }>> = {}): ScopeValue => ({
  kind: 'some',
  userId: me.id,
  owners: ['root_owner_id'],
  departments: [],
  shares: false,
  ...more,
});

describe('a scope as a condition', () => {
  const cases: [string, () => ScopeValue, boolean, string[]][] = [
    ['none', () => ({ kind: 'none' }), false, []],
    ['all', () => ({ kind: 'all' }), false, ['根主', '部门', '自主', '根享', '无关', '读享', '写享', '过期']],
    ['self', () => some(), false, ['根主']],
    ['self, where it is assigned', () => some({ owners: BOTH }), false, ['根主', '自主']],
    ['department', () => some({ departments: [mine] }), false, ['根主', '部门']],
    [
      'both departments',
      () => some({ departments: [mine, other] }),
      false,
      ['根主', '部门', '自主', '根享', '无关', '读享', '写享', '过期'],
    ],
    ['self and shares, to read', () => some({ shares: true }), false, ['根主', '根享', '读享', '写享']],
    ['self and shares, to write', () => some({ shares: true }), true, ['根主', '写享']],
  ];

  test.each(cases)('%s', async (_name, scope, write, expected) => {
    const entity = entityNamed(ctx.registry, 'contact');
    const condition = scopeCondition(entity, scope(), ctx.principal, { write });
    const { rows } = await sql<{
      name: string;
    }>`select t.name from contact t where ${condition} order by t.id`.execute(house.services.db);
    expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(expected));
  });

  test('no branch for no record, none at all for every record, one for each reason', () => {
    const entity = entityNamed(ctx.registry, 'contact');
    const count = (scope: ScopeValue) => scopeBranches(entity, scope, ctx.principal)?.length ?? null;
    expect([count({ kind: 'none' }), count({ kind: 'all' })]).toEqual([0, null]);
    expect([
      count(some()),
      count(some({ departments: [mine] })),
      count(some({ departments: [mine], shares: true })),
    ]).toEqual([1, 2, 4]);
  });

  test('every branch is answered from an index', async () => {
    const entity = entityNamed(ctx.registry, 'contact');
    const db = house.services.db;
    await sql`insert into contact (name, owner_id, root_owner_id, department_id, customer_id)
      select 'n' || n, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid() from generate_series(1, 20000) n`.execute(
      db,
    );
    await sql`analyze contact, record_share`.execute(db);
    const branches =
      scopeBranches(entity, some({ owners: BOTH, departments: [mine], shares: true }), ctx.principal) ?? [];
    for (const branch of branches) {
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select t.id from contact t
        where t.deleted_at is null and ${branch} limit 50`.execute(db);
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('Seq Scan on contact');
    }
  });
});

describe('one row against a scope', () => {
  const you = '00000000-0000-0000-0000-000000000001';
  test.each<[string, object, Partial<Extract<ScopeValue, { kind: 'some' }>>, boolean, boolean]>([
    ['mine', { owner_id: 'me' }, {}, true, true],
    ['of a customer of mine', { owner_id: you, root_owner_id: 'me' }, { owners: BOTH }, true, true],
    [
      'of another’s customer, written by me',
      { owner_id: 'me', root_owner_id: you },
      { owners: ['root_owner_id'] },
      false,
      false,
    ],
    [
      'of another’s customer, assigned to me',
      { owner_id: 'me', root_owner_id: you },
      { owners: BOTH },
      true,
      true,
    ],
    ['of my department', { owner_id: you, department_id: 'd' }, { departments: ['d'] }, true, true],
    ['of nobody and nowhere', { owner_id: null, department_id: null }, { departments: ['d'] }, false, false],
    ['shared to read', { owner_id: you, _share: 'read' }, { shares: true }, true, false],
    ['shared to write', { owner_id: you, _share: 'write' }, { shares: true }, true, true],
    [
      'shared, where shares do not count',
      { owner_id: you, _share: 'write' },
      { shares: false },
      false,
      false,
    ],
  ])('%s', (_name, row, scope, reads, writes) => {
    const value: ScopeValue = {
      kind: 'some',
      userId: 'me',
      owners: ['owner_id'],
      departments: [],
      shares: false,
      ...scope,
    };
    expect([
      rowInScope(value, row as Record<string, unknown>),
      rowInScope(value, row as Record<string, unknown>, true),
    ]).toEqual([reads, writes]);
    expect(rowInScope({ kind: 'none' }, row as Record<string, unknown>)).toBe(false);
    expect(rowInScope({ kind: 'all' }, row as Record<string, unknown>)).toBe(true);
  });
});

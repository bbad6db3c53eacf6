import { describe, expect, test } from 'vitest';
import type { Principal } from '../context/context.ts';
import { buildRegistry } from '../entity/registry.ts';
import type { EntitySpec } from '../entity/types.ts';
import type { EntityPermission, Permissions } from './permissions.ts';
import { noPolicies, type PolicyInput, policiesOf, type ScopeValue } from './policy.ts';

const text = { kind: 'text' } as const;
const spec = (name: string, more: Partial<EntitySpec>): EntitySpec => ({
  name,
  plural: `${name}s`,
  module: 'tests',
  title: 'name',
  scope: { kind: 'open' },
  fields: { name: text },
  ...more,
});
const registry = buildRegistry(
  [
    spec('user', { directory: true }),
    spec('department', { directory: true }),
    spec('secret', { adminOnly: true }),
    spec('price', {}),
    spec('note', { scope: { kind: 'own' }, without: ['transfer'] }),
    spec('house', {
      scope: { kind: 'own' },
      fields: {
        name: { kind: 'text', search: 'name' },
        phone: { kind: 'phone', search: 'phone' },
        mobile: { kind: 'phone', search: 'phone' },
        mail: { kind: 'email', search: 'mail' },
        score: { kind: 'integer', readOnly: true },
        parts: { kind: 'json', internal: true, rightOf: 'mail' },
      },
    }),
  ],
  { zh: {}, en: {} },
);

const [EAST, WEST, SHANGHAI] = ['d-east', 'd-west', 'd-shanghai'];
const below = new Map([
  [EAST, [EAST, SHANGHAI]],
  [WEST, [WEST]],
  [SHANGHAI, [SHANGHAI]],
]);
const someone: Principal = {
  kind: 'user',
  userId: 'me',
  departmentId: EAST,
  roleIds: [],
  language: 'zh',
  timeZone: 'UTC',
  policyVersion: '1',
  hasShares: false,
  cause: { kind: 'person' },
};

/** The rights of someone with these roles. */
function policies(roles: Permissions[], more: Partial<Principal> = {}) {
  const input: PolicyInput = {
    version: '1',
    roles: new Map(roles.map((role, n) => [`r${n}`, role])),
    below,
    pools: [],
    outside: [],
  };
  return policiesOf({ ...someone, roleIds: roles.map((_, n) => `r${n}`), ...more }, registry, input);
}
const house = (...permissions: EntityPermission[]) =>
  policies(permissions.map((permission) => ({ entities: { house: permission } }))).for('house');
const some = (departments: string[], shares = false): ScopeValue => ({
  kind: 'some',
  userId: 'me',
  owners: ['owner_id'],
  departments,
  shares,
});

describe('scope', () => {
  test.each<[string, EntityPermission['actions'][], string[] | undefined, ScopeValue]>([
    ['no role', [], undefined, { kind: 'none' }],
    ['a role without the action', [{ create: 'all' }], undefined, { kind: 'none' }],
    ['self', [{ read: 'self' }], undefined, some([])],
    ['department', [{ read: 'department' }], undefined, some([EAST])],
    ['department and below', [{ read: 'departmentAndBelow' }], undefined, some([EAST, SHANGHAI])],
    ['chosen', [{ read: 'chosen' }], [WEST], some([WEST])],
    ['chosen, none of them', [{ read: 'chosen' }], undefined, some([])],
    ['all', [{ read: 'all' }], undefined, { kind: 'all' }],
    ['two roles', [{ read: 'self' }, { read: 'department' }], undefined, some([EAST])],
    ['two roles with departments', [{ read: 'department' }, { read: 'chosen' }], [WEST], some([EAST, WEST])],
    ['two roles, one of all', [{ read: 'chosen' }, { read: 'all' }], [WEST], { kind: 'all' }],
  ])('of %s', (_name, roles, departments, expected) => {
    const policy = house(...roles.map((actions) => ({ actions, ...(departments ? { departments } : {}) })));
    expect(policy.scope('read')).toEqual(expected);
    expect(policy.can('read')).toBe(expected.kind !== 'none');
    expect(policy.scope('delete')).toEqual({ kind: 'none' });
  });

  test('who has no department has none in his scope', () => {
    const role = { entities: { house: { actions: { read: 'departmentAndBelow' } } } } as const;
    expect(policies([role], { departmentId: null }).for('house').scope('read')).toEqual(some([]));
  });

  test('a role names a record type, or `*` for all it does not name', () => {
    const role = {
      entities: { '*': { actions: { read: 'all' } }, house: { actions: { read: 'self' } } },
    } as const;
    const set = policies([role]);
    expect([set.for('note').scope('read').kind, set.for('house').scope('read')]).toEqual(['all', some([])]);
    expect(set.for('price').can('read')).toBe(true);
    expect(set.for('secret').can('read')).toBe(false);
  });

  test('what everyone sees has no owner: any scope is all of it', () => {
    const set = policies([{ entities: { price: { actions: { read: 'self', update: 'department' } } } }]);
    expect([set.for('price').scope('read'), set.for('price').scope('update')]).toEqual([
      { kind: 'all' },
      { kind: 'all' },
    ]);
  });

  test('shares widen reading and changing for who has a right to the record type at all', () => {
    const role = { entities: { house: { actions: { create: 'self' } } } } as const;
    const set = policies([role], { hasShares: true });
    expect(set.for('house').scope('read')).toEqual(some([], true));
    expect(set.for('house').scope('update')).toEqual(some([], true));
    expect(set.for('house').can('delete')).toBe(false);
    expect(set.for('note').can('read')).toBe(false);
  });

  test('an action that makes no sense is nobody’s, not even the administrator’s', () => {
    const admin = policies([{ administrator: true }]);
    expect(admin.for('note').can('transfer')).toBe(false);
    expect(admin.for('note').scope('delete')).toEqual({ kind: 'all' });
    const role = { entities: { note: { actions: { transfer: 'all' } } } } as const;
    expect(policies([role]).for('note').can('transfer')).toBe(false);
  });
});

describe('fields', () => {
  const read = (
    fields: EntityPermission['fields'],
    actions: EntityPermission['actions'] = { read: 'all' },
  ) => ({
    actions,
    ...(fields ? { fields } : {}),
  });

  test('are written unless the role says less; the widest of several roles holds', () => {
    expect(house(read(undefined)).right('phone')).toBe('write');
    expect(house(read({ phone: 'masked' })).right('phone')).toBe('masked');
    expect(house(read({ phone: 'hidden' }), read({ phone: 'read' })).right('phone')).toBe('read');
    expect(house(read({ phone: 'masked' }), read(undefined)).right('phone')).toBe('write');
  });

  test('a role that may not read gives no right to see', () => {
    const policy = house(read({ phone: 'masked' }), read(undefined, { create: 'all' }));
    expect(policy.right('phone')).toBe('masked');
    expect(house(read(undefined, { create: 'all' })).right('phone')).toBe('hidden');
  });

  test('what says the same in another form has the right of that field', () => {
    expect(house(read({ mail: 'hidden' })).right('parts')).toBe('hidden');
    expect(house(read({ mail: 'read', parts: 'write' }, { read: 'all', update: 'all' })).right('parts')).toBe(
      'read',
    );
  });

  test('what the system sets is never written, what does not exist is hidden', () => {
    expect(house(read(undefined)).right('score')).toBe('read');
    expect(house(read({ score: 'write' })).right('score')).toBe('read');
    expect(
      policies([{ administrator: true }])
        .for('house')
        .right('createdAt'),
    ).toBe('read');
    for (const name of ['nothing', '__proto__', 'constructor'])
      expect(
        policies([{ administrator: true }])
          .for('house')
          .right(name),
      ).toBe('hidden');
  });

  test('only a field whose true value is seen may be filtered by', () => {
    const policy = house(read({ phone: 'masked', mail: 'hidden', mobile: 'read' }));
    expect(['phone', 'mail', 'mobile', 'name'].map((name) => policy.sees(name))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test('a search class counts only when all its fields are seen', () => {
    expect(house(read({ mobile: 'masked' })).searchClasses).toEqual(['name', 'mail']);
    expect(house(read(undefined)).searchClasses).toEqual(['name', 'phone', 'mail']);
  });
});

describe('kinds of caller', () => {
  test('everyone signed in reads the directory, and no more of it', () => {
    const set = policies([]);
    expect(set.for('user').scope('read')).toEqual({ kind: 'all' });
    expect(set.for('user').right('name')).toBe('read');
    expect(set.for('user').can('update')).toBe(false);
    const role = { entities: { user: { actions: { read: 'all' }, fields: { name: 'masked' } } } } as const;
    expect(policies([role]).for('user').right('name')).toBe('masked');
    const silent = { entities: { user: { actions: {}, fields: { name: 'hidden' } } } } as const;
    expect(policies([silent]).for('user').right('name')).toBe('hidden');
  });

  test('what is for administrators only no role gives', () => {
    const role = {
      entities: { secret: { actions: { read: 'all' } }, '*': { actions: { read: 'all' } } },
    } as const;
    expect(policies([role]).for('secret').can('read')).toBe(false);
    expect(policies([role]).administrator).toBe(false);
    expect(
      policies([{ administrator: true }])
        .for('secret')
        .can('read'),
    ).toBe(true);
  });

  test('the system may do everything; a request of nobody nothing', () => {
    const system = policies([], { kind: 'system', userId: null });
    expect([system.administrator, system.for('secret').can('delete')]).toEqual([true, true]);
    const nobody = noPolicies(registry);
    expect([nobody.administrator, nobody.for('user').can('read'), nobody.for('user').right('name')]).toEqual([
      false,
      false,
      'hidden',
    ]);
    expect(
      policies([{ entities: { house: { actions: { read: 'all' } } } }], { userId: null })
        .for('house')
        .can('read'),
    ).toBe(false);
  });

  test('roles that no longer exist give nothing', () => {
    const input: PolicyInput = { version: '1', roles: new Map(), below, pools: [], outside: [] };
    const set = policiesOf({ ...someone, roleIds: ['gone'] }, registry, input);
    expect(set.for('house').can('read')).toBe(false);
  });

  test('rights are resolved once per version of roles and per person, and anew for another', () => {
    const role = { entities: { house: { actions: { read: 'self' } } } } as const;
    const input: PolicyInput = {
      version: '1',
      roles: new Map([['r0', role]]),
      below,
      pools: [],
      outside: [],
    };
    const who = { ...someone, roleIds: ['r0'] };
    expect(policiesOf(who, registry, input)).toBe(policiesOf({ ...who }, registry, input));
    expect(
      policiesOf({ ...who, userId: 'you' }, registry, input)
        .for('house')
        .scope('read'),
    ).toMatchObject({ userId: 'you' });
    expect(
      policiesOf(who, registry, { ...input, roles: new Map() })
        .for('house')
        .can('read'),
    ).toBe(false);
  });

  test('named commands are given by name', () => {
    const policy = house({ actions: { read: 'all' }, commands: ['reveal'] });
    expect([policy.hasCommand('reveal'), policy.hasCommand('burn')]).toEqual([true, false]);
  });
});

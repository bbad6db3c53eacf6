import { describe, expect, test } from 'vitest';
import { declaredRegistry } from '../../../app.ts';
import type { EntityPermission, Permissions } from '../../../platform/access/permissions.ts';
import type { Entity } from '../../../platform/entity/types.ts';
import { DEFAULT_ROLES } from './defaults.ts';
import { rightsForNew } from './upgrade-rights.ts';

const { byName } = declaredRegistry();
const type = (name: string) => byName.get(name) as Entity;
const customer = type('customer');
const NORTH = '019a0000-0000-7000-8000-000000000001';
const SOUTH = '019a0000-0000-7000-8000-000000000002';

const gained = (entities: NonNullable<Permissions['entities']>, name: string, code: string | null = null) =>
  rightsForNew({ code, permissions: { entities } }, type(name), customer);
const rights = (
  actions: EntityPermission['actions'],
  more: Partial<EntityPermission> = {},
): EntityPermission => ({ actions, ...more });

const shipped = DEFAULT_ROLES.flatMap(({ code, permissions }) =>
  Object.keys(permissions.entities ?? {})
    .filter((name) => name !== 'customer' && name !== 'activity')
    .map((name) => [code, name, permissions] as const),
);

test.each(shipped)(
  '%s, as it was before there was %s, gets what new companies have',
  (code, name, permissions) => {
    const { [name]: now, ...before } = permissions.entities ?? {};
    expect(gained(before, name, code)).toEqual(now);
  },
);

const own = { read: 'self', create: 'self', update: 'self' } as const;
const region = { read: 'department', create: 'department', update: 'department' } as const;

describe('a role the company made itself', () => {
  test.each<[string, NonNullable<Permissions['entities']>, string, EntityPermission | null]>([
    ['as its activities', { customer: rights(own), activity: rights(own) }, 'visit', rights(own)],
    [
      'as far as its activities where customers are seen further',
      { customer: rights({ ...region, read: 'all' }), activity: rights(region) },
      'visit',
      rights(region),
    ],
    [
      'never further than its customers',
      { customer: rights(own), activity: rights({ read: 'all', create: 'all' }) },
      'promise',
      rights({ read: 'self', create: 'self' }),
    ],
    [
      'reading only, where it may write nothing',
      { customer: rights({ read: 'all' }), activity: rights({ read: 'all' }) },
      'visit',
      rights({ read: 'all' }),
    ],
    ['nothing without activities', { customer: rights(own) }, 'visit', null],
    ['nothing without customers', { user: rights({ read: 'all' }) }, 'visit', null],
    [
      'nothing where it names the type',
      { customer: rights(own), activity: rights(own), visit: rights({}) },
      'visit',
      null,
    ],
    ['nothing where it names every type', { customer: rights(own), '*': rights(own) }, 'visit', null],
    ['what everyone looks up', { customer: rights(own) }, 'gradeScheme', rights({ read: 'all' })],
    ['nothing that is for administrators', { customer: rights(own), activity: rights(own) }, 'role', null],
    [
      'the departments it was given',
      {
        customer: rights({ read: 'chosen', update: 'chosen' }, { departments: [NORTH] }),
        activity: rights({ read: 'chosen', create: 'self' }, { departments: [NORTH] }),
      },
      'hospitality',
      rights({ read: 'chosen', create: 'self' }, { departments: [NORTH] }),
    ],
    [
      'its own only, where departments of activities and of customers differ',
      {
        customer: rights({ read: 'chosen', update: 'chosen' }, { departments: [NORTH] }),
        activity: rights({ read: 'chosen' }, { departments: [SOUTH] }),
      },
      'hospitality',
      rights({ read: 'self' }),
    ],
  ])('gets %s', (_what, entities, name, expected) => {
    expect(gained(entities, name)).toEqual(expected);
  });

  test('sees masked of a new type what it sees masked of customers', () => {
    const customers = rights(own, { fields: { birthday: 'hidden', phone: 'masked' } });
    expect(gained({ customer: customers, activity: rights(own) }, 'rememberedFact')).toEqual(
      rights(own, { fields: { day: 'hidden' } }),
    );
  });

  test('may not give away what it may not give away of customers', () => {
    const manages = { customer: rights(region), activity: rights(region) };
    expect(gained(manages, 'promise')?.actions.transfer).toBeUndefined();
    const gives = { ...manages, customer: rights({ ...region, transfer: 'department' }) };
    expect(gained(gives, 'promise')?.actions.transfer).toBe('department');
  });
});

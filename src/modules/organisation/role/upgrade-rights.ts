import type { EntityPermission, Permissions, ScopeName } from '../../../platform/access/permissions.ts';
import type { Action, Entity, Field } from '../../../platform/entity/types.ts';
import { DEFAULT_ROLES } from './defaults.ts';

/** What the rights of all others are measured by: whom a role may see, and what it may do with what is said to them. */
const MEASURE = { root: 'customer', child: 'activity' } as const;

export interface UpgradedRole {
  code: string | null;
  permissions: Permissions;
}

/**
 * What a role that was made before a record type existed may do with it: what the shipped role it came from — of a company's own
 * roles, the one most like it — may, as far as this role may do the same with what else hangs on customers, and never beyond
 * the customers it sees. Null where it is given nothing: it names the type already, may do everything, or sees no customers.
 */
export function rightsForNew(role: UpgradedRole, type: Entity, customer: Entity): EntityPermission | null {
  const own = role.permissions.entities ?? {};
  const seen = own[MEASURE.root];
  if (role.permissions.administrator || own[type.name] || own['*'] || !seen?.actions.read) return null;
  const template = templateOf(role, seen).permissions.entities ?? {};
  const given = template[type.name];
  if (!given) return null;
  // Over rows of a part a role has its head's rights; only what it sees of their fields is said.
  if (type.partOf) return { actions: {}, fields: { ...given.fields, ...lowered(type, customer, seen) } };
  const departments = (seen.actions.read === 'chosen' ? seen : own[MEASURE.child])?.departments ?? [];
  const actions: EntityPermission['actions'] = {};
  for (const [action, scope] of Object.entries(given.actions) as [Action, ScopeName][]) {
    const like = measureOf(type, template, own, action);
    if (!like) continue;
    // What hangs on customers goes as far as its like; what does not, as far as customers where the template has it so.
    const follows = scope === template[MEASURE.root]?.actions.read ? seen : null;
    const limit = type.scope.kind === 'child' ? like : type.scope.kind === 'own' ? follows : null;
    actions[action] = limit ? narrower(scopeOf(limit, action, departments), seen.actions.read) : scope;
  }
  if (!actions.read) return null;
  const fields = { ...given.fields, ...lowered(type, customer, seen) };
  return {
    actions,
    ...(Object.values(actions).includes('chosen') ? { departments } : {}),
    ...(Object.keys(fields).length ? { fields } : {}),
    ...(given.commands ? { commands: given.commands } : {}),
  };
}

/** The shipped role this one came from; one the company made itself is compared by what it may do with customers. */
function templateOf({ code }: UpgradedRole, { actions }: EntityPermission) {
  const like =
    !actions.create && !actions.update && !actions.delete
      ? 'reader'
      : actions.read === 'self'
        ? 'salesperson'
        : 'manager';
  const named = (wanted: string | null) =>
    DEFAULT_ROLES.find((each) => each.code === wanted && !each.permissions.administrator);
  return named(code) ?? (named(like) as (typeof DEFAULT_ROLES)[number]);
}

type Named = Record<string, EntityPermission>;

/** The role's right by which this action is measured: with what is said to customers, or with customers themselves. */
function measureOf(type: Entity, template: Named, own: Named, action: Action): EntityPermission | undefined {
  const order = type.scope.kind === 'child' ? [MEASURE.child, MEASURE.root] : [MEASURE.root, MEASURE.child];
  const by = order.find((name) => template[name]?.actions[action]);
  const right = own[by ?? MEASURE.root];
  return !by || right?.actions[action] ? right : undefined;
}

/** How far a right goes; where it names departments of its own, nobody says that these are meant: one's own records only. */
function scopeOf(right: EntityPermission, action: Action, departments: readonly string[]): ScopeName {
  const scope = right.actions[action] ?? right.actions.read ?? 'self';
  const same = new Set(right.departments).symmetricDifference(new Set(departments)).size === 0;
  return scope === 'chosen' && !same ? 'self' : scope;
}

const ORDER: readonly ScopeName[] = ['self', 'department', 'departmentAndBelow', 'all'];

/** What both scopes hold, as far as that can be said without knowing whom. */
function narrower(one: ScopeName, other: ScopeName | undefined): ScopeName {
  if (!other || one === other || other === 'all') return one;
  if (one === 'all') return other;
  if (one === 'chosen' || other === 'chosen') return 'self';
  return ORDER[Math.min(ORDER.indexOf(one), ORDER.indexOf(other))] as ScopeName;
}

/** Who sees a customer's phones masked sees those of the new record type so too, kind by kind of personal data. */
function lowered(
  type: Entity,
  customer: Entity,
  seen: EntityPermission,
): NonNullable<EntityPermission['fields']> {
  const personal = (entity: Entity): Field[] => entity.fieldList.filter(({ sensitive }) => sensitive);
  const limits = new Map(
    personal(customer).flatMap(({ kind, name }) => {
      const right = seen.fields?.[name];
      return right === 'hidden' || right === 'masked' ? [[family(kind), right] as const] : [];
    }),
  );
  return Object.fromEntries(
    personal(type).flatMap(({ kind, name }) => {
      const right = limits.get(family(kind));
      return right ? [[name, right] as const] : [];
    }),
  );
}

const family = (kind: Field['kind']) => (kind === 'phones' ? 'phone' : kind);

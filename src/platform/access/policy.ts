import type { Principal } from '../context/context.ts';
import type { Registry } from '../entity/registry.ts';
import { entityNamed, headOf, rootField } from '../entity/registry.ts';
import { ACTIONS, type Action, type Entity, type Field } from '../entity/types.ts';
import type { SearchClass } from '../search/types.ts';
import { keptInside, type OutsideDepartment, type Outsider, outsiderOf, outsideScope } from './outside.ts';
import { type EntityPermission, FIELD_RIGHTS, type FieldRight, type Permissions } from './permissions.ts';
import { type PoolAccess, poolsOf } from './pool.ts';

/** Over which records an action holds: a value that lists, counts, search, export, files and jobs all apply. */
export type ScopeValue =
  | { kind: 'none' }
  | { kind: 'all' }
  | {
      kind: 'some';
      userId: string;
      /** The columns whose person a record belongs to. */
      owners: readonly OwnerColumn[];
      departments: readonly string[];
      shares: boolean;
      /** Whose records they are, where that is not the caller alone. */
      people?: readonly string[];
    };

export type OwnerColumn = 'owner_id' | 'root_owner_id';

/**
 * Whose a record is: an own record its owner's, a child its root's owner's alone. Who wrote it keeps nothing by that; only what
 * is assigned stays with whoever has to do it.
 */
export function ownerColumns({ scope }: Entity): readonly OwnerColumn[] {
  if (scope.kind !== 'child') return ['owner_id'];
  return scope.assigned ? ['root_owner_id', 'owner_id'] : ['root_owner_id'];
}

/** What a principal may do with one record type. */
export interface EntityPolicy {
  entity: Entity;
  /** Whether the action is allowed on at least some records. */
  can(action: Action): boolean;
  scope(action: Action): ScopeValue;
  right(field: string): FieldRight;
  /** Fields whose true value may be seen: only these may be filtered, sorted, searched. */
  sees(field: string): boolean;
  /** Search classes all of whose fields may be seen. */
  searchClasses: readonly SearchClass[];
  /** Pools whose records show this caller no personal data, and may not be found by it. */
  veiled: readonly string[];
  /** Whether personal data of this row is masked because it waits in such a pool. */
  veils(row: Record<string, unknown>): boolean;
  hasCommand(name: string): boolean;
}

/** The roles and the department tree, as one version of them. */
export interface PolicyInput {
  version: string;
  roles: ReadonlyMap<string, Permissions>;
  /** A department → itself and all below it. */
  below: ReadonlyMap<string, readonly string[]>;
  pools: readonly PoolAccess[];
  outside: readonly OutsideDepartment[];
}

export interface PolicySet {
  for(entity: string): EntityPolicy;
  administrator: boolean;
  /** The pools the caller is a member of. */
  pools: readonly string[];
  /** The caller's side, where he is not of the house. */
  outsider: Outsider | null;
  unlimited(): PolicySet;
}

const NONE: ScopeValue = { kind: 'none' };
const ALL: ScopeValue = { kind: 'all' };

const widest = (rights: FieldRight[]): FieldRight =>
  rights.reduce(
    (a, b) => (FIELD_RIGHTS.indexOf(b) > FIELD_RIGHTS.indexOf(a) ? b : a),
    'hidden' as FieldRight,
  );

/** Resolved rights by the version of roles and fields they follow from; a request of someone known costs nothing. */
const known = new WeakMap<PolicyInput, WeakMap<Registry, Map<string, PolicySet>>>();
const MOST_KNOWN = 5000;

/** A principal's rights, as long as roles, departments, memberships and fields stay as they are. */
export function policiesOf(principal: Principal, registry: Registry, input: PolicyInput): PolicySet {
  const registries = known.get(input) ?? new WeakMap<Registry, Map<string, PolicySet>>();
  known.set(input, registries);
  const sets = registries.get(registry) ?? new Map<string, PolicySet>();
  registries.set(registry, sets);
  const { kind, userId, departmentId, roleIds, hasShares } = principal;
  const key = JSON.stringify([kind, userId, departmentId, roleIds, hasShares]);
  let set = sets.get(key);
  if (!set) {
    if (sets.size >= MOST_KNOWN) sets.clear();
    set = resolvePolicies(principal, registry, input);
    sets.set(key, set);
  }
  return set;
}

/** Resolves a principal's rights; each record type once, when first asked for. */
function resolvePolicies(principal: Principal, registry: Registry, input: PolicyInput): PolicySet {
  const roles = principal.roleIds.flatMap((id) => input.roles.get(id) ?? []);
  const outsider = principal.kind === 'system' ? null : outsiderOf(principal, input);
  const administrator =
    principal.kind === 'system' || (!outsider && roles.some((role) => role.administrator));
  const permissionsOn = (name: string) =>
    roles.flatMap((role) => role.entities?.[name] ?? role.entities?.['*'] ?? []);
  const pools = outsider ? [] : poolsOf(principal, input);
  const resolve = (entity: Entity) => {
    if (outsider) return outsidePolicy(entity, principal, roles, outsider);
    const root = rootField(entity)?.to;
    const given = root ? entityNamed(registry, root) : entity;
    // Whoever may give away what a record hangs on knows it.
    const giving = scopeOf(given, 'transfer', principal, permissionsOn(given.name), input);
    const veiled = entity.scope.kind === 'open' ? [] : veiledBy(giving, input);
    const head = headOf(entity);
    const permissions = head ? permissionsOnPart(roles, head, entity.name) : permissionsOn(entity.name);
    return grantedPolicy(entity, principal, permissions, input, { pools, veiled });
  };
  return policySet(registry, { administrator, pools, outsider, resolve });
}

/** Rows of a part are read like their head; what a role says of their fields it says of the part. */
const permissionsOnPart = (roles: readonly Permissions[], head: string, part: string): EntityPermission[] =>
  roles.flatMap(({ entities = {} }) => {
    const { fields: _, ...given } = entities[head] ?? entities['*'] ?? {};
    const fields = entities[part]?.fields;
    return 'actions' in given && given.actions
      ? [{ ...given, actions: given.actions, ...(fields ? { fields } : {}) }]
      : [];
  });

/** The pools beyond the departments out of which someone may give records away. */
const veiledBy = (giving: ScopeValue, { pools }: PolicyInput): string[] =>
  pools
    .map(({ department }) => department)
    .filter((id) => giving.kind !== 'all' && !(giving.kind === 'some' && giving.departments.includes(id)));

function policySet(
  registry: Registry,
  given: Pick<PolicySet, 'administrator' | 'pools' | 'outsider'> & { resolve(entity: Entity): EntityPolicy },
): PolicySet {
  const { administrator, pools, outsider, resolve } = given;
  const resolved = new Map<string, EntityPolicy>();
  return {
    administrator,
    pools,
    outsider,
    for(name) {
      let policy = resolved.get(name);
      if (!policy) {
        const entity = entityNamed(registry, name);
        policy = administrator ? fullPolicy(entity) : resolve(entity);
        resolved.set(name, policy);
      }
      return policy;
    },
    unlimited: () => policySet(registry, { administrator: true, pools, outsider: null, resolve: fullPolicy }),
  };
}

/** No rights at all, for requests without a principal. */
export function noPolicies(registry: Registry): PolicySet {
  const resolve = (entity: Entity) =>
    policyOf(
      entity,
      () => NONE,
      () => 'hidden',
      () => false,
    );
  return policySet(registry, { administrator: false, pools: [], outsider: null, resolve });
}

/** The rights of somebody from outside: his roles' within what the declarations open to people outside. */
function outsidePolicy(
  entity: Entity,
  principal: Principal,
  roles: readonly Permissions[],
  outsider: Outsider,
): EntityPolicy {
  const head = headOf(entity);
  const given = head
    ? permissionsOnPart(roles, head, entity.name)
    : roles.flatMap(({ entities }) => entities?.[entity.name] ?? entities?.['*'] ?? []);
  const scopes = new Map(
    ACTIONS.map((action) => [
      action,
      applicable(entity, action) ? outsideScope(entity, action, principal, given, outsider) : NONE,
    ]),
  );
  const byRoles = readRight(entity, given);
  return policyOf(
    entity,
    (action) => scopes.get(action) ?? NONE,
    (field) => (entity.outside && !keptInside(entity, field, given) ? byRoles(field) : 'hidden'),
    (name) => given.some(({ commands }) => commands?.includes(name)),
  );
}

const applicable = (entity: Entity, action: Action) => !entity.without?.includes(action);

function fullPolicy(entity: Entity): EntityPolicy {
  return policyOf(
    entity,
    (action) => (applicable(entity, action) ? ALL : NONE),
    (field) => (field.readOnly ? 'read' : 'write'),
    () => true,
  );
}

function grantedPolicy(
  entity: Entity,
  principal: Principal,
  permissions: EntityPermission[],
  input: PolicyInput,
  { pools, veiled }: { pools: readonly string[]; veiled: readonly string[] },
): EntityPolicy {
  const scopes = new Map(
    ACTIONS.map((action) => [action, scopeOf(entity, action, principal, permissions, input)]),
  );
  if (entity.directory) scopes.set('read', ALL);
  const reading = scopes.get('read');
  if (pools.length && reading?.kind === 'some')
    scopes.set('read', { ...reading, departments: [...new Set([...reading.departments, ...pools])] });
  return policyOf(
    entity,
    (action) => scopes.get(action) ?? NONE,
    readRight(entity, permissions),
    (name) => permissions.some((permission) => permission.commands?.includes(name)),
    veiled,
  );
}

/** What roles say of a field. The directory is read without a right to it; what a role says of its fields counts all the same. */
function readRight(entity: Entity, permissions: readonly EntityPermission[]): (field: Field) => FieldRight {
  const readers = permissions.filter(
    ({ actions, fields }) => actions.read || (entity.directory && fields !== undefined),
  );
  return (field) => {
    const granted = readers.length
      ? widest(readers.map(({ fields }) => fields?.[field.name] ?? 'write'))
      : entity.directory
        ? 'read'
        : 'hidden';
    return field.readOnly && granted === 'write' ? 'read' : granted;
  };
}

function scopeOf(
  entity: Entity,
  action: Action,
  principal: Principal,
  permissions: EntityPermission[],
  input: PolicyInput,
): ScopeValue {
  if (entity.adminOnly || !applicable(entity, action) || !principal.userId) return NONE;
  const names = permissions.flatMap((permission) => {
    const scope = permission.actions[action];
    return scope ? [{ scope, chosen: permission.departments ?? [] }] : [];
  });
  // A record shared with me can be read, and changed when shared for writing, whatever my role's scope is.
  const shares = principal.hasShares && (action === 'read' || action === 'update') && permissions.length > 0;
  if (names.length === 0 && !shares) return NONE;
  if (entity.scope.kind === 'open' || names.some(({ scope }) => scope === 'all'))
    return names.length ? ALL : NONE;
  const mine = principal.departmentId;
  const departments = new Set<string>();
  for (const { scope, chosen } of names) {
    if (scope === 'department' && mine) departments.add(mine);
    const roots = scope === 'departmentAndBelow' && mine ? [mine] : scope === 'chosen' ? chosen : [];
    for (const root of roots) for (const id of input.below.get(root) ?? []) departments.add(id);
  }
  return {
    kind: 'some',
    userId: principal.userId,
    owners: ownerColumns(entity),
    departments: [...departments],
    shares,
  };
}

function policyOf(
  entity: Entity,
  scope: (action: Action) => ScopeValue,
  right: (field: Field) => FieldRight,
  hasCommand: (name: string) => boolean,
  veiled: readonly string[] = [],
): EntityPolicy {
  const rights = new Map(
    Object.values(entity.fields).map((field) => [
      field.name,
      right((field.rightOf && entity.fields[field.rightOf]) || field),
    ]),
  );
  const sees = (name: string) => {
    const granted = rights.get(name);
    return granted === 'read' || granted === 'write';
  };
  const unseen = new Set(
    entity.fieldList.filter((field) => field.search && !sees(field.name)).map((field) => field.search),
  );
  const classes = new Set(entity.fieldList.flatMap((field) => field.search ?? []));
  return {
    entity,
    scope,
    can: (action) => scope(action).kind !== 'none',
    right: (name) => rights.get(name) ?? 'hidden',
    sees,
    searchClasses: [...classes].filter((name) => !unseen.has(name)),
    veiled,
    veils: (row) => veiled.includes(row.department_id as string),
    hasCommand,
  };
}

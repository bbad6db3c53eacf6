import type {
  EntityPermission,
  FieldRight,
  Permissions,
  ScopeName,
} from '../../platform/access/permissions.ts';
import type { Action } from '../api/types.ts';

export const SCOPES: readonly ScopeName[] = ['self', 'department', 'departmentAndBelow', 'chosen', 'all'];
export const FIELD_RIGHTS: readonly FieldRight[] = ['hidden', 'masked', 'read', 'write'];
export const ACTIONS: readonly Action[] = [
  'read',
  'create',
  'update',
  'delete',
  'import',
  'export',
  'transfer',
  'share',
];
/** Stands for every record type not named. */
export const EVERY = '*';

const NOTHING: EntityPermission = { actions: {} };

export const permissionOf = (permissions: Permissions, entity: string): EntityPermission | undefined =>
  permissions.entities?.[entity];

/** Writes one record type's permission; one that allows nothing and says nothing is left out. */
export function withPermission(
  permissions: Permissions,
  entity: string,
  next: EntityPermission,
): Permissions {
  const { [entity]: _old, ...rest } = permissions.entities ?? {};
  const empty =
    Object.keys(next.actions).length === 0 &&
    !next.departments?.length &&
    !next.commands?.length &&
    Object.keys(next.fields ?? {}).length === 0;
  return { ...permissions, entities: empty ? rest : { ...rest, [entity]: next } };
}

/** Sets an action's scope; without one the action is forbidden. Whoever may do anything else may also read. */
export function withAction(
  permissions: Permissions,
  entity: string,
  action: Action,
  scope: ScopeName | null,
): Permissions {
  const held = permissionOf(permissions, entity) ?? NOTHING;
  const { [action]: _old, ...others } = held.actions;
  const actions: EntityPermission['actions'] = scope ? { ...others, [action]: scope } : others;
  if (scope && action !== 'read' && !actions.read) actions.read = scope;
  if (!scope && action === 'read') for (const name of ACTIONS) delete actions[name];
  const { departments, ...rest } = held;
  const chosen = Object.values(actions).includes('chosen');
  return withPermission(permissions, entity, {
    ...rest,
    actions,
    ...(chosen && departments ? { departments } : {}),
  });
}

/** Lowers what is seen of a field; `write` is how it is without a word. */
export function withFieldRight(
  permissions: Permissions,
  entity: string,
  field: string,
  right: FieldRight,
): Permissions {
  const held = permissionOf(permissions, entity) ?? NOTHING;
  const { [field]: _old, ...others } = held.fields ?? {};
  const fields = right === 'write' ? others : { ...others, [field]: right };
  const { fields: _fields, ...rest } = held;
  return withPermission(permissions, entity, {
    ...rest,
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
  });
}

export function withCommand(
  permissions: Permissions,
  entity: string,
  command: string,
  on: boolean,
): Permissions {
  const held = permissionOf(permissions, entity) ?? NOTHING;
  const others = (held.commands ?? []).filter((name) => name !== command);
  return withPermission(permissions, entity, { ...held, commands: on ? [...others, command] : others });
}

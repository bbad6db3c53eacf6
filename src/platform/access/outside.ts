import type { Principal } from '../context/context.ts';
import type { Action, Entity, Field } from '../entity/types.ts';
import type { EntityPermission } from './permissions.ts';
import type { PolicyInput, ScopeValue } from './policy.ts';

/** A department whose people are not of the house, such as a dealer's: with all below it, and everybody in them. */
export interface OutsideDepartment {
  department: string;
  users: readonly string[];
}

/** Somebody from outside: the departments and people that are his own side. */
export interface Outsider {
  department: string;
  departments: readonly string[];
  people: readonly string[];
}

const NONE: ScopeValue = { kind: 'none' };
const POSSIBLE: ReadonlySet<Action> = new Set(['read', 'create', 'update', 'delete', 'transfer']);

/** Whether a person is from outside, and which side is his. */
export function outsiderOf({ departmentId }: Principal, { outside, below }: PolicyInput): Outsider | null {
  if (!departmentId) return null;
  const own = outside.find(({ department }) => below.get(department)?.includes(departmentId));
  if (!own) return null;
  const departments = below.get(own.department) ?? [own.department];
  return { department: own.department, departments, people: own.users };
}

/**
 * How far an action reaches for somebody from outside. What his roles say only narrows it: also a role that reaches over the whole
 * company ends at his own side, and record types that are not declared for people outside do not exist for him.
 */
export function outsideScope(
  entity: Entity,
  action: Action,
  principal: Principal,
  given: readonly EntityPermission[],
  outsider: Outsider,
): ScopeValue {
  const { outside } = entity;
  const userId = principal.userId;
  if (!outside || entity.adminOnly || !userId || !POSSIBLE.has(action)) return NONE;
  const base = { kind: 'some', userId, shares: false, owners: [], departments: [] } as const;
  if (entity.directory) return action === 'read' ? { ...base, departments: outsider.departments } : NONE;
  const names = given.flatMap(({ actions }) => actions[action] ?? []);
  if (names.length === 0) return NONE;
  if (outside.sees === 'common') return action === 'read' ? { kind: 'all' } : NONE;
  const alone = names.every((name) => name === 'self');
  if (outside.sees === 'authored')
    return { ...base, owners: ['owner_id'], people: alone ? [userId] : outsider.people };
  const owners =
    entity.scope.kind === 'child' && !entity.scope.assigned
      ? (['root_owner_id'] as const)
      : (['owner_id'] as const);
  return { ...base, owners, departments: alone ? [] : outsider.departments };
}

/** Fields people outside do not know: derived ones, those the declaration keeps, and the administrator's that no role names. */
export function keptInside(entity: Entity, field: Field, given: readonly EntityPermission[]): boolean {
  if (field.fact || entity.outside?.hides?.includes(field.name)) return true;
  return field.custom === true && !given.some(({ fields }) => fields?.[field.name] !== undefined);
}

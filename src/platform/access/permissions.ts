import { z } from 'zod';
import { ACTIONS, type Action } from '../entity/types.ts';

/**
 * What a role permits, as stored in `role.permissions`. Nothing named means nothing allowed.
 *
 * - a scope says over which records an action holds;
 * - field rights lower what the role sees of a field; several roles together give the widest right;
 * - `*` is the record type's stand-in for every type not named.
 */
export const SCOPES = ['self', 'department', 'departmentAndBelow', 'chosen', 'all'] as const;
export type ScopeName = (typeof SCOPES)[number];

export const FIELD_RIGHTS = ['hidden', 'masked', 'read', 'write'] as const;
export type FieldRight = (typeof FIELD_RIGHTS)[number];

export const entityPermission = z.strictObject({
  actions: z.partialRecord(z.enum(ACTIONS as [Action, ...Action[]]), z.enum(SCOPES)),
  /** The departments of the scope `chosen`, each with all below it. */
  departments: z.array(z.uuid()).max(1000).optional(),
  fields: z.record(z.string().max(100), z.enum(FIELD_RIGHTS)).optional(),
  /** Named commands beyond the actions, for example `reveal`. */
  commands: z.array(z.string().max(100)).max(200).optional(),
});
export type EntityPermission = z.infer<typeof entityPermission>;

export const permissionsSchema = z.strictObject({
  /** May do everything, also what is declared later. */
  administrator: z.boolean().optional(),
  entities: z.record(z.string().max(100), entityPermission).optional(),
});
export type Permissions = z.infer<typeof permissionsSchema>;

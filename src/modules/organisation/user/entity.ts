import { defineEntity } from '../../../platform/entity/define.ts';
import { SPOKEN } from '../../../platform/text/spoken.ts';

/** A person of the company: with a login, or so far only known by name (imported, waiting for an invitation). */
export const user = defineEntity({
  name: 'user',
  plural: 'users',
  module: 'organisation',
  title: 'name',
  scope: { kind: 'open' },
  directory: true,
  numberPrefix: 'YG',
  icon: 'user',
  outside: { sees: 'theirs', hides: ['roles', 'manager', 'jobTitle', 'status', 'spoken', 'knows'] },
  fields: {
    name: {
      kind: 'text',
      required: true,
      max: 100,
      search: 'name',
      filterable: true,
      sortable: true,
      quick: true,
    },
    email: { kind: 'email', search: 'mail', filterable: true, quick: true },
    phone: { kind: 'phone', search: 'phone', filterable: true, quick: true },
    username: { kind: 'text', max: 60, search: 'number', filterable: true },
    jobTitle: { kind: 'text', max: 100, filterable: true },
    department: { kind: 'reference', to: 'department', filterable: true, quick: true },
    manager: { kind: 'reference', to: 'user', filterable: true },
    roles: { kind: 'references', to: 'role', filterable: true, quick: true },
    status: {
      kind: 'choice',
      // Changed by inviting, activating and deactivating only.
      readOnly: true,
      default: 'waiting',
      filterable: true,
      options: ['active', 'invited', 'waiting', 'deactivated'],
    },
    /** Came with the sample company: chosen like anyone, told nothing by mail, signed in only once invited. */
    sample: { kind: 'boolean', readOnly: true, filterable: true },
    language: { kind: 'choice', options: ['zh', 'en'] },
    timeZone: { kind: 'text', max: 60 },
    /** What he speaks with customers, and which of our products he knows: by these leads find him. */
    spoken: { kind: 'multiChoice', open: true, options: SPOKEN, max: 40 },
    knows: { kind: 'references', to: 'productCategory', tab: false },
  },
  unique: [['email'], ['phone'], ['username'], ['number']],
  list: { columns: ['name', 'jobTitle', 'department', 'phone', 'email', 'roles', 'status'], sort: 'name' },
  subtitle: ['department', 'jobTitle'],
  duplicates: [
    { kind: 'name', fields: ['name'], certain: true, namesake: { fields: ['email', 'phone', 'username'] } },
  ],
  unmergeable: true,
  offered: {
    // Records may wait for whoever has no login yet; a decision may not.
    staff: { field: 'status', op: 'ne', value: 'deactivated' },
    active: { field: 'status', op: 'eq', value: 'active' },
  },
  without: ['transfer', 'share'],
});

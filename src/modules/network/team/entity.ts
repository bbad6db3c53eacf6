import { defineEntity } from '../../../platform/entity/define.ts';

/**
 * 客户团队成员: who works on a key account, and as what (CUS-11). His place is a share of the customer: the database keeps the
 * two together, so whatever changes one — a form, an import, a merge, the recycle bin — changes the other at once.
 */
export const teamMember = defineEntity({
  name: 'teamMember',
  plural: 'team-members',
  module: 'network',
  title: 'name',
  icon: 'user',
  scope: { kind: 'child', of: 'customer' },
  without: ['share', 'transfer'],
  fields: {
    customer: {
      kind: 'reference',
      to: 'customer',
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
      tab: false,
    },
    user: { kind: 'reference', to: 'user', required: true, immutable: true, filterable: true, quick: true },
    role: {
      kind: 'choice',
      open: true,
      options: ['lead', 'accountManager', 'technical', 'service', 'executive'],
      default: 'accountManager',
      filterable: true,
      quick: true,
    },
    access: {
      kind: 'choice',
      options: ['read', 'write'],
      default: 'read',
      required: true,
      filterable: true,
      quick: true,
    },
    startsOn: { kind: 'date', quick: true },
    endsOn: { kind: 'date', filterable: true, quick: true },
    note: { kind: 'text', max: 500, quick: true },
    name: { kind: 'text', max: 200 },
  },
  unique: [['customer', 'user']],
  list: { columns: ['name', 'customer', 'role', 'access', 'startsOn', 'endsOn'], sort: 'createdAt' },
  subtitle: ['customer', 'role'],
});

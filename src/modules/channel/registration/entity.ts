import { defineEntity } from '../../../platform/entity/define.ts';

/** 报备: a partner names whom it is working on, so that nobody else is given him for a while (SAL-9). */
export const dealRegistration = defineEntity({
  name: 'dealRegistration',
  plural: 'deal-registrations',
  module: 'channel',
  title: 'name',
  icon: 'check',
  menu: { group: 'channel', order: 20 },
  scope: { kind: 'own' },
  outside: { sees: 'theirs', hides: ['owner', 'department', 'partner', 'matchName'] },
  numberPrefix: 'BB',
  unmergeable: true,
  without: ['share', 'import'],
  fields: {
    /** The customer's name. */
    name: {
      kind: 'text',
      required: true,
      max: 200,
      search: 'name',
      filterable: true,
      sortable: true,
      quick: true,
    },
    partner: { kind: 'reference', to: 'partner', required: true, immutable: true, filterable: true },
    contactName: { kind: 'text', max: 100, sensitive: true, quick: true },
    phone: { kind: 'phone', sensitive: true, search: 'phone', filterable: true, quick: true },
    taxNumber: { kind: 'text', max: 40, filterable: true },
    region: { kind: 'text', max: 100, filterable: true },
    products: { kind: 'references', to: 'product', quick: true },
    amount: { kind: 'money', filterable: true, sortable: true, quick: true },
    closeDate: { kind: 'date', filterable: true, sortable: true, quick: true },
    description: { kind: 'longText', max: 4000, quick: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'submitted', zh: '待审', en: 'Waiting', color: 'teng' },
        { value: 'approved', zh: '保护中', en: 'Protected', color: 'dai' },
        { value: 'won', zh: '已成交', en: 'Won', color: 'song' },
        { value: 'refused', zh: '未通过', en: 'Refused', color: 'zhu' },
        { value: 'expired', zh: '已过期', en: 'Expired' },
        { value: 'withdrawn', zh: '已撤回', en: 'Withdrawn' },
      ],
      readOnly: true,
      filterable: true,
    },
    protectedUntil: { kind: 'date', readOnly: true, filterable: true, sortable: true },
    /** Who of the partner registered it; the customer becomes his. */
    registrant: { kind: 'reference', to: 'user', readOnly: true, filterable: true },
    reason: { kind: 'longText', max: 2000, readOnly: true },
    decidedAt: { kind: 'instant', readOnly: true, filterable: true },
    customer: { kind: 'reference', to: 'customer', readOnly: true, filterable: true },
    opportunity: { kind: 'reference', to: 'opportunity', readOnly: true, filterable: true },
    /** The name without place, trade words and legal form, as others may write it. */
    matchName: { kind: 'text', internal: true, readOnly: true },
  },
  list: {
    columns: ['name', 'number', 'partner', 'amount', 'status', 'protectedUntil', 'closeDate', 'updatedAt'],
    sort: '-updatedAt',
  },
  subtitle: ['partner', 'status'],
});

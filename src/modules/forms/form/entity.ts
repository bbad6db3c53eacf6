import { defineEntity } from '../../../platform/entity/define.ts';
import { KINDS, REACHES } from './form.shared.ts';

/** 客户报表: one of the six forms, of a period and a scope, from its making to its lock (CUS-13). */
export const customerForm = defineEntity({
  name: 'customerForm',
  plural: 'customer-forms',
  module: 'forms',
  title: 'name',
  icon: 'file',
  scope: { kind: 'own' },
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    /** Says what it is of, unless its maker names it. */
    name: { kind: 'text', max: 200, search: 'text', filterable: true, sortable: true, quick: true },
    kind: {
      kind: 'choice',
      options: [...KINDS],
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
    },
    /** `2026-07`, `2026-Q3` or `2026`. */
    period: { kind: 'text', max: 7, required: true, immutable: true, filterable: true, quick: true },
    /** The first day of the period. */
    startsOn: { kind: 'date', readOnly: true, filterable: true, sortable: true },
    reach: {
      kind: 'choice',
      options: [...REACHES],
      default: 'visible',
      required: true,
      immutable: true,
      quick: true,
    },
    ofDepartment: { kind: 'reference', to: 'department', immutable: true, quick: true },
    ofPerson: { kind: 'reference', to: 'user', immutable: true, quick: true },
    ofSegment: { kind: 'reference', to: 'segment', immutable: true, quick: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'draft', zh: '编制', en: 'Being made', color: 'teng' },
        { value: 'filling', zh: '填写', en: 'Being filled in', color: 'teng' },
        { value: 'review', zh: '审核', en: 'In review', color: 'dai' },
        { value: 'locked', zh: '锁定', en: 'Locked', color: 'song' },
      ],
      readOnly: true,
      filterable: true,
    },
    /** Who fills it in, and who reviews it; without a name whoever may change it. */
    filler: { kind: 'reference', to: 'user', filterable: true },
    reviewer: { kind: 'reference', to: 'user', filterable: true },
    preparedBy: { kind: 'reference', to: 'user', readOnly: true },
    preparedAt: { kind: 'instant', readOnly: true },
    filledBy: { kind: 'reference', to: 'user', readOnly: true },
    filledAt: { kind: 'instant', readOnly: true },
    reviewedBy: { kind: 'reference', to: 'user', readOnly: true },
    reviewedAt: { kind: 'instant', readOnly: true },
    /** How often it was handed in; each time is kept. */
    round: { kind: 'integer', readOnly: true },
    returnReason: { kind: 'longText', max: 500, readOnly: true },
  },
  list: {
    columns: ['name', 'kind', 'period', 'status', 'owner', 'reviewer', 'reviewedAt', 'updatedAt'],
    sort: '-startsOn',
  },
  subtitle: ['kind', 'period'],
});

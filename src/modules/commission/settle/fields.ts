import type { FieldSpec, Labels } from '../../../platform/entity/types.ts';

/** What every batch begins with: what it is called, and up to which day it settles. */
export const batchHead = {
  // Never empty: what is left out is called after the month it settles (behaviour.ts).
  name: {
    kind: 'text',
    max: 100,
    search: 'text',
    filterable: true,
    sortable: true,
    quick: true,
  },
  until: { kind: 'date', required: true, filterable: true, sortable: true, quick: true },
} as const satisfies Record<string, FieldSpec>;

/** How far a batch is, and what it comes to; how one says that it is to be paid and was paid differs. */
export const batchState = (toPay: Labels, paid: Labels) =>
  ({
    status: {
      kind: 'choice',
      options: [
        { value: 'draft', zh: '核对中', en: 'Being checked', color: 'teng' },
        { value: 'approving', zh: '审批中', en: 'In approval', color: 'teng' },
        { value: 'approved', ...toPay, color: 'dai' },
        { value: 'paid', ...paid, color: 'song' },
        { value: 'undone', zh: '已撤销', en: 'Undone' },
      ],
      readOnly: true,
      filterable: true,
    },
    total: { kind: 'money', readOnly: true, filterable: true, sortable: true },
  }) as const satisfies Record<string, FieldSpec>;

/** What every batch ends with. */
export const batchTail = {
  rowCount: { kind: 'integer', readOnly: true },
  paidOn: { kind: 'date', readOnly: true, filterable: true, sortable: true },
  reason: { kind: 'text', max: 500, readOnly: true },
  remark: { kind: 'longText', max: 2000 },
} as const satisfies Record<string, FieldSpec>;

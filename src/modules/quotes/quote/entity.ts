import { defineEntity } from '../../../platform/entity/define.ts';
import { documentFields, lineFields } from '../../documents/public.ts';

const scope = { kind: 'child', of: 'customer', assigned: true } as const;

/** 报价: what we offer a customer, at which prices, and until when (SAL-4). */
export const quote = defineEntity({
  name: 'quote',
  plural: 'quotes',
  module: 'quotes',
  title: 'name',
  icon: 'quote',
  menu: { group: 'sales', order: 20 },
  scope,
  numberPrefix: 'BJ',
  rateDate: 'date',
  fields: {
    name: { kind: 'text', search: 'text', filterable: true, sortable: true, quick: true },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    contact: { kind: 'reference', to: 'contact', filterable: true, quick: true },
    opportunity: { kind: 'reference', to: 'opportunity', filterable: true, quick: true },
    ...documentFields,
    validUntil: { kind: 'date', filterable: true, sortable: true, quick: true },
    remark: { kind: 'longText', search: 'text' },
  },
  timeline: { on: ['customer', 'contact', 'opportunity'], at: 'createdAt', category: 'deal' },
  list: {
    columns: ['name', 'number', 'customer', 'total', 'date', 'validUntil', 'owner', 'updatedAt'],
    sort: '-updatedAt',
  },
  subtitle: ['number', 'customer'],
});

export const quoteLine = defineEntity({
  name: 'quoteLine',
  plural: 'quote-lines',
  module: 'quotes',
  title: 'name',
  scope,
  partOf: { field: 'quote', as: 'lines' },
  fields: {
    quote: { kind: 'reference', to: 'quote', filterable: true },
    customer: { kind: 'reference', to: 'customer', filterable: true, tab: false },
    ...lineFields,
  },
  list: {
    columns: ['name', 'quote', 'customer', 'quantity', 'price', 'gross', 'updatedAt'],
    sort: '-updatedAt',
  },
});

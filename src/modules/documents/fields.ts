import type { FieldSpec } from '../../platform/entity/types.ts';
import { currencyOptions } from '../../platform/rates/entity.ts';
import { UNITS } from '../products/public.ts';

/** What every document with lines has: its day, its currency, and what its lines add up to. */
export const documentFields = {
  /** The day of the document: prices, tax rates and exchange rates are those valid then. */
  date: { kind: 'date', filterable: true, sortable: true, quick: true },
  currency: { kind: 'choice', options: currencyOptions, filterable: true },
  pricesIncludeTax: { kind: 'boolean', default: true },
  deduction: { kind: 'decimal', min: 0 },
  total: { kind: 'money', readOnly: true, filterable: true, sortable: true },
  net: { kind: 'money', readOnly: true },
  taxAmount: { kind: 'money', readOnly: true },
} as const satisfies Record<string, FieldSpec>;

/** What every document of a sale has besides. */
export const salesFields = {
  ...documentFields,
  /** Somewhere it earns less than the company wants to; by how much is for those who see costs. */
  belowMargin: { kind: 'boolean', readOnly: true, filterable: true },
} as const satisfies Record<string, FieldSpec>;

const goods = {
  product: { kind: 'reference', to: 'product', filterable: true, tab: false },
  name: { kind: 'text', required: true },
  specification: { kind: 'text' },
  unit: { kind: 'choice', open: true, options: [...UNITS], max: 20 },
  quantity: { kind: 'decimal', required: true, default: '1' },
  listPrice: { kind: 'decimal', readOnly: true },
} as const satisfies Record<string, FieldSpec>;

const terms = {
  price: { kind: 'decimal', required: true, min: 0 },
  discount: { kind: 'decimal', min: 0, maxValue: 100 },
  /** Share of one, 0.13; empty is 免税. */
  taxRate: { kind: 'decimal', min: 0, maxValue: 1 },
  gross: { kind: 'money', readOnly: true },
  net: { kind: 'money', readOnly: true },
  taxAmount: { kind: 'money', readOnly: true },
  /** Of one unit as it stood when the line was written: below what nobody may sell it, and what it costs us. */
  minimumPrice: { kind: 'decimal', readOnly: true },
  cost: { kind: 'decimal', readOnly: true },
  remark: { kind: 'text', max: 500 },
} as const satisfies Record<string, FieldSpec>;

/** What every line of such a document has. What is left out comes from the product. */
export const lineFields = { ...goods, ...terms } as const satisfies Record<string, FieldSpec>;

/**
 * What every line of a sale has besides. A bundle is one line that says what was agreed — how many, at which price — and bears no
 * amounts, and after it a line for each of its parts, which bear them (docs/adr/0031).
 */
export const salesLineFields = {
  ...goods,
  /** 应售价: what the price books, or else the list, give this customer for so many on that day. Less than it is a discount. */
  offeredPrice: { kind: 'decimal', readOnly: true },
  ...terms,
  bundled: { kind: 'choice', options: ['whole', 'part'], filterable: true },
  /** Of a part that was exchanged: the part of the bundle it stands for. */
  insteadOf: { kind: 'reference', to: 'product', filterable: true, tab: false },
  /** Of a part: how many are in one of the bundle. */
  inOne: { kind: 'decimal', min: 0 },
  /** Of a part: its share of the bundle's amount, against the other parts. */
  weight: { kind: 'decimal', min: 0 },
} as const satisfies Record<string, FieldSpec>;

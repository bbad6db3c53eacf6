import { defineEntity } from '../entity/define.ts';
import { CURRENCIES } from '../money/currencies.shared.ts';

const names = {
  zh: new Intl.DisplayNames('zh-CN', { type: 'currency' }),
  en: new Intl.DisplayNames('en', { type: 'currency' }),
};

/** All currencies, each with its code and name. */
export const currencyOptions = CURRENCIES.map((value) => ({
  value,
  zh: `${value} ${names.zh.of(value)}`,
  en: `${value} ${names.en.of(value)}`,
}));

/** 汇率: what one unit of a currency is worth in the company's own, from a day on until the next entry. */
export const exchangeRate = defineEntity({
  name: 'exchangeRate',
  plural: 'exchange-rates',
  module: 'rates',
  title: 'source',
  icon: 'transaction',
  menu: { group: 'basics', order: 30 },
  scope: { kind: 'open' },
  without: ['transfer', 'share'],
  fields: {
    currency: {
      kind: 'choice',
      required: true,
      filterable: true,
      immutable: true,
      quick: true,
      options: currencyOptions,
    },
    validFrom: {
      kind: 'date',
      required: true,
      filterable: true,
      sortable: true,
      immutable: true,
      quick: true,
    },
    rate: { kind: 'decimal', required: true, min: 0.000001, quick: true },
    source: { kind: 'text', quick: true },
  },
  unique: [['currency', 'validFrom']],
  list: {
    columns: ['currency', 'validFrom', 'rate', 'source', 'updatedBy', 'updatedAt'],
    sort: '-validFrom',
  },
  subtitle: ['currency', 'validFrom', 'rate'],
  unmergeable: true,
});

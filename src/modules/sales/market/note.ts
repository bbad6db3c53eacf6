import { defineEntity } from '../../../platform/entity/define.ts';

/** 市场调研: what somebody found out about the market, for everyone to read (SAL-11). */
export const marketNote = defineEntity({
  name: 'marketNote',
  plural: 'market-notes',
  module: 'sales',
  title: 'subject',
  icon: 'text',
  menu: { group: 'sales', order: 62 },
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['transfer', 'share'],
  fields: {
    subject: { kind: 'text', required: true, search: 'name', filterable: true, sortable: true, quick: true },
    kind: {
      kind: 'choice',
      open: true,
      options: ['demand', 'competition', 'price', 'policy', 'technology', 'survey'],
      filterable: true,
      quick: true,
    },
    day: { kind: 'date', filterable: true, sortable: true, quick: true },
    content: { kind: 'longText', search: 'text', quick: true },
    competitors: { kind: 'references', to: 'competitor', filterable: true },
    products: { kind: 'references', to: 'product', filterable: true },
    region: { kind: 'region', level: 'province', filterable: true, max: 60 },
    /** Seen or heard of. */
    price: { kind: 'money', min: 0 },
    source: { kind: 'text', max: 200, search: 'text' },
    /** Of a questionnaire or a report. */
    link: { kind: 'url', max: 500 },
  },
  list: {
    columns: ['subject', 'kind', 'day', 'competitors', 'products', 'region', 'createdBy', 'updatedAt'],
    sort: '-day',
  },
  subtitle: ['kind', 'day'],
});

import { defineEntity } from '../../../platform/entity/define.ts';

/** 我方主体: in whose name we sell, invoice and receive money. A house may have several; one is usual. */
export const legalEntity = defineEntity({
  name: 'legalEntity',
  plural: 'legal-entities',
  module: 'legal',
  title: 'name',
  icon: 'company',
  menu: { group: 'basics', order: 40 },
  scope: { kind: 'open' },
  fields: {
    name: { kind: 'text', required: true, search: 'text', filterable: true, sortable: true, quick: true },
    taxNumber: { kind: 'text', search: 'tax', max: 30, quick: true },
    taxStatus: { kind: 'choice', options: ['general', 'small'], default: 'general', quick: true },
    /** One of them: the first, until another is said to be. */
    usual: { kind: 'boolean', filterable: true, quick: true },
    bank: { kind: 'text', group: 'bank' },
    bankAccount: { kind: 'text', max: 60, group: 'bank' },
    address: { kind: 'text', max: 500, group: 'contact' },
    // Printed as it is written: a main number with its extension is none to call or to look for.
    phone: { kind: 'text', max: 60, group: 'contact' },
    retired: { kind: 'boolean', default: false, filterable: true },
  },
  list: { columns: ['name', 'taxNumber', 'taxStatus', 'bank', 'usual', 'updatedAt'], sort: 'name' },
  subtitle: ['taxNumber'],
  unmergeable: true,
});

import { defineEntity } from '../../../platform/entity/define.ts';
import { SOURCES } from '../lead/entity.ts';
import { FORM_FIELDS } from './fields.shared.ts';

/** 获客入口: a web form or an interface by which leads come in (SAL-1). */
export const leadChannel = defineEntity({
  name: 'leadChannel',
  plural: 'lead-channels',
  module: 'leads',
  title: 'name',
  icon: 'app',
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['import', 'export', 'transfer', 'share'],
  fields: {
    name: { kind: 'text', required: true, max: 60, filterable: true, quick: true, unique: true },
    kind: {
      kind: 'choice',
      options: ['form', 'api'],
      default: 'form',
      required: true,
      immutable: true,
      quick: true,
    },
    active: { kind: 'boolean', default: true, filterable: true },
    /** Its address, which nobody can guess. */
    key: { kind: 'text', max: 40, readOnly: true, internal: true, unique: true },
    /** Rises with every new secret. */
    secretNumber: { kind: 'integer', readOnly: true, internal: true },
    heading: { kind: 'text', max: 100, group: 'form' },
    intro: { kind: 'longText', max: 1000, group: 'form' },
    fields: {
      kind: 'multiChoice',
      options: [...FORM_FIELDS],
      default: ['name', 'company', 'phone', 'remark'],
      group: 'form',
    },
    required: { kind: 'multiChoice', options: [...FORM_FIELDS], default: ['name', 'phone'], group: 'form' },
    products: { kind: 'references', to: 'product', group: 'form' },
    /** What people agree to; without it nobody is asked. */
    consentText: { kind: 'longText', max: 2000, group: 'form' },
    thanks: { kind: 'longText', max: 1000, group: 'form' },
    /** Web sites that may show the form, one a line. */
    origins: { kind: 'longText', max: 2000, group: 'form' },
    source: { kind: 'choice', open: true, options: [...SOURCES], group: 'need' },
    campaign: { kind: 'text', group: 'need' },
    /** Its leads go to him; else the rules say to whom. */
    owner: { kind: 'reference', to: 'user', group: 'need' },
  },
  list: { columns: ['name', 'kind', 'active', 'source', 'owner', 'updatedAt'], sort: '-updatedAt' },
});

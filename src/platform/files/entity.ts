import { defineEntity } from '../entity/define.ts';

/** 附件: a file on a customer, or on what hangs on one. Who may see the customer may see its files. */
export const attachment = defineEntity({
  name: 'attachment',
  plural: 'attachments',
  module: 'files',
  title: 'name',
  icon: 'attachment',
  scope: { kind: 'child', of: 'customer', until: 'lead' },
  outside: { sees: 'authored' },
  fields: {
    name: { kind: 'text', required: true, search: 'text', sortable: true, max: 255 },
    kind: {
      kind: 'choice',
      options: ['image', 'audio', 'video', 'document'],
      readOnly: true,
      filterable: true,
    },
    mime: { kind: 'text', readOnly: true },
    size: { kind: 'integer', readOnly: true },
    customer: { kind: 'reference', to: 'customer', filterable: true },
    contact: { kind: 'reference', to: 'contact', filterable: true },
    lead: { kind: 'reference', to: 'lead', filterable: true },
    activity: { kind: 'reference', to: 'activity', filterable: true },
    task: { kind: 'reference', to: 'task', filterable: true },
    visit: { kind: 'reference', to: 'visit', filterable: true },
    meeting: { kind: 'reference', to: 'meeting', filterable: true },
    promise: { kind: 'reference', to: 'promise', filterable: true },
    callBack: { kind: 'reference', to: 'callBack', filterable: true },
    opportunity: { kind: 'reference', to: 'opportunity', filterable: true },
    quote: { kind: 'reference', to: 'quote', filterable: true },
    contract: { kind: 'reference', to: 'contract', filterable: true },
    order: { kind: 'reference', to: 'order', filterable: true },
    digest: { kind: 'text', readOnly: true, internal: true },
    // The stored file; given once, by the route that received it.
    file: { kind: 'text', required: true, immutable: true, internal: true, max: 36 },
  },
  timeline: { on: ['customer', 'contact', 'lead'], at: 'createdAt', category: 'file' },
  list: { columns: ['name', 'kind', 'size', 'customer', 'createdBy', 'createdAt'], sort: '-createdAt' },
  subtitle: ['customer'],
  unmergeable: true,
  without: ['import', 'export', 'transfer', 'share'],
});

import { defineEntity } from '../../../platform/entity/define.ts';
import { SOURCES } from '../lead/entity.ts';

/** 进线: each time somebody came to us by a form or an interface. The first makes a lead; later ones stand on it, or on the customer. */
export const inquiry = defineEntity({
  name: 'inquiry',
  plural: 'inquiries',
  module: 'leads',
  title: 'subject',
  icon: 'phone',
  scope: { kind: 'child', of: 'customer', until: 'lead' },
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    subject: { kind: 'text', required: true, search: 'text' },
    content: { kind: 'longText', search: 'text' },
    lead: { kind: 'reference', to: 'lead', filterable: true },
    customer: { kind: 'reference', to: 'customer', filterable: true },
    contact: { kind: 'reference', to: 'contact', filterable: true },
    channel: { kind: 'reference', to: 'leadChannel', filterable: true },
    source: { kind: 'choice', open: true, options: [...SOURCES], filterable: true },
    campaign: { kind: 'text', filterable: true },
    page: { kind: 'text', max: 500 },
    receivedAt: { kind: 'instant', filterable: true, sortable: true },
    /** What exactly was agreed to. */
    consentText: { kind: 'longText', max: 2000 },
  },
  timeline: { on: ['lead', 'customer', 'contact'], at: 'receivedAt', category: 'contact' },
  list: { columns: ['receivedAt', 'subject', 'lead', 'customer', 'channel', 'source'], sort: '-receivedAt' },
  subtitle: ['channel'],
});

import { defineEntity } from '../../../platform/entity/define.ts';

/** 跟进: one contact with a customer — call, visit, meeting, mail, message — or a note about it (REL-1, REL-12). */
export const activity = defineEntity({
  name: 'activity',
  plural: 'activities',
  module: 'activities',
  title: 'subject',
  icon: 'activity',
  menu: { group: 'work', order: 10 },
  scope: { kind: 'child', of: 'customer', until: 'lead' },
  outside: { sees: 'authored' },
  fields: {
    kind: {
      kind: 'choice',
      options: ['call', 'visit', 'meeting', 'mail', 'message', 'note'],
      default: 'note',
      required: true,
      filterable: true,
      quick: true,
    },
    customer: { kind: 'reference', to: 'customer', filterable: true, quick: true },
    contacts: { kind: 'references', to: 'contact', belongsTo: 'customer', filterable: true, quick: true },
    lead: { kind: 'reference', to: 'lead', filterable: true },
    subject: { kind: 'text', search: 'text', quick: true },
    content: { kind: 'longText', search: 'text', quick: true },
    /** He came to us, or answered: what runs by itself stops. */
    fromCustomer: { kind: 'boolean', filterable: true },
    occurredAt: { kind: 'instant', filterable: true, sortable: true, quick: true },
    place: { kind: 'text', max: 300 },
    // Where the device was, told once by its holder: WGS-84 degrees, metres.
    latitude: { kind: 'decimal', min: -90, maxValue: 90, immutable: true, internal: true },
    longitude: { kind: 'decimal', min: -180, maxValue: 180, immutable: true, internal: true },
    accuracy: { kind: 'integer', min: 0, maxValue: 1_000_000, immutable: true, internal: true },
    /** Metres from the customer's place. */
    distance: { kind: 'integer', readOnly: true },
    nextDate: { kind: 'date', filterable: true, sortable: true, quick: true },
    nextStep: { kind: 'text', quick: true },
  },
  // How many of a time each customer has (segments, grades) is counted from these alone: of a short time by the first, customer
  // by customer until there are enough by the second.
  indexes: [
    ['occurredAt', 'customer'],
    ['customer', 'occurredAt'],
  ],
  timeline: { on: ['customer', 'contacts', 'lead'], at: 'occurredAt', category: 'contact' },
  list: {
    columns: ['occurredAt', 'kind', 'subject', 'customer', 'contacts', 'owner', 'nextDate'],
    sort: '-occurredAt',
  },
  subtitle: ['customer'],
});

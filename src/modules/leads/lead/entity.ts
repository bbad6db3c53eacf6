import { defineEntity } from '../../../platform/entity/define.ts';
import { SPOKEN } from '../../../platform/text/spoken.ts';

/** Where leads come from, as far as it has a word of its own. */
export const SOURCES = [
  'website',
  'exhibition',
  'advertising',
  'referral',
  'phone',
  'douyin',
  'wechat',
  'partner',
  'other',
] as const;

/** 线索: somebody who may become a customer, until we know (SAL-1). What is done for a lead hangs on it until it has a customer. */
export const lead = defineEntity({
  name: 'lead',
  plural: 'leads',
  module: 'leads',
  title: 'name',
  icon: 'lead',
  menu: { group: 'sales', order: 1 },
  numberPrefix: 'XS',
  scope: { kind: 'own' },
  outside: { sees: 'theirs', hides: ['route', 'campaign', 'escalatedAt', 'reasonNote'] },
  fields: {
    // Never empty: a company that says nobody's name is called by its own (behaviour.ts).
    name: { kind: 'text', search: 'name', filterable: true, sortable: true, quick: true, max: 100 },
    company: { kind: 'text', search: 'name', filterable: true, sortable: true, quick: true },
    jobTitle: { kind: 'text', search: 'text', max: 100 },
    phone: {
      kind: 'phone',
      search: 'phone',
      filterable: true,
      sensitive: true,
      quick: true,
      group: 'contact',
      max: 60,
    },
    email: {
      kind: 'email',
      search: 'mail',
      filterable: true,
      sensitive: true,
      quick: true,
      group: 'contact',
      max: 254,
    },
    wechat: { kind: 'text', search: 'text', sensitive: true, group: 'contact', max: 100 },
    province: { kind: 'region', level: 'province', filterable: true, group: 'contact', max: 60 },
    city: {
      kind: 'region',
      level: 'city',
      search: 'city',
      filterable: true,
      quick: true,
      group: 'contact',
      max: 60,
    },
    consent: { kind: 'boolean', default: false, filterable: true, group: 'contact' },
    source: {
      kind: 'choice',
      open: true,
      options: [...SOURCES],
      filterable: true,
      quick: true,
      group: 'need',
    },
    campaign: { kind: 'text', search: 'text', filterable: true, group: 'need' },
    products: { kind: 'references', to: 'product', filterable: true, quick: true, group: 'need' },
    spoken: { kind: 'choice', open: true, options: SPOKEN, filterable: true, group: 'need', max: 40 },
    remark: { kind: 'longText', search: 'text', quick: true, group: 'need' },
    status: {
      kind: 'choice',
      options: [
        { value: 'new', zh: '待跟进', en: 'New', color: 'teng' },
        { value: 'working', zh: '跟进中', en: 'Working', color: 'dai' },
        { value: 'nurturing', zh: '培育', en: 'Nurturing' },
        { value: 'converted', zh: '已转客户', en: 'Converted', color: 'song' },
        { value: 'disqualified', zh: '无效', en: 'Disqualified' },
      ],
      readOnly: true,
      filterable: true,
      group: 'state',
    },
    /** While it is nurtured: when to come back to it. */
    nurtureUntil: { kind: 'date', readOnly: true, filterable: true, sortable: true, group: 'state' },
    reason: {
      kind: 'choice',
      options: ['noNeed', 'noBudget', 'unreachable', 'competitor', 'wrongContact', 'spam', 'other'],
      readOnly: true,
      filterable: true,
      group: 'state',
    },
    reasonNote: { kind: 'longText', max: 2000, readOnly: true, group: 'state' },
    owner: { kind: 'reference', to: 'user', filterable: true, quick: true, group: 'state' },
    department: { kind: 'reference', to: 'department', filterable: true, group: 'state' },
    receivedAt: { kind: 'instant', readOnly: true, filterable: true, sortable: true, group: 'state' },
    /** By which rule it came to its owner, and when. */
    route: { kind: 'reference', to: 'leadRoute', readOnly: true, filterable: true, group: 'state' },
    assignedAt: { kind: 'instant', readOnly: true, filterable: true, sortable: true, group: 'state' },
    /** Until then its owner takes it up, or it goes to somebody else. */
    respondBy: { kind: 'instant', readOnly: true, filterable: true, sortable: true, group: 'state' },
    /** When somebody first took it up, and how many minutes that took by the clock of its rule. */
    respondedAt: { kind: 'instant', readOnly: true, filterable: true, sortable: true, group: 'state' },
    responseMinutes: { kind: 'integer', readOnly: true, filterable: true, sortable: true, group: 'state' },
    responseClock: { kind: 'choice', options: ['business', 'clock'], readOnly: true, group: 'state' },
    /** Minutes it may wait with each owner. */
    responseLimit: { kind: 'integer', readOnly: true, internal: true },
    /** Nobody else was left to give it to. */
    escalatedAt: { kind: 'instant', readOnly: true, internal: true },
    customer: { kind: 'reference', to: 'customer', readOnly: true, filterable: true, group: 'result' },
    contact: { kind: 'reference', to: 'contact', readOnly: true, filterable: true, group: 'result' },
    opportunity: { kind: 'reference', to: 'opportunity', readOnly: true, filterable: true, group: 'result' },
    convertedAt: { kind: 'instant', readOnly: true, filterable: true, sortable: true, group: 'result' },
  },
  indexes: [['owner', 'status', 'receivedAt']],
  timeline: { on: ['customer', 'contact'], at: 'createdAt', category: 'deal' },
  list: {
    columns: [
      'name',
      'company',
      'phone',
      'status',
      'score',
      'source',
      'products',
      'city',
      'owner',
      'receivedAt',
    ],
    sort: '-receivedAt',
    leavesOut: { field: 'status', values: ['disqualified'] },
  },
  subtitle: ['company', 'city', 'owner'],
  duplicates: [
    { kind: 'tuple', fields: ['name', 'phone'], certain: true },
    { kind: 'tuple', fields: ['name', 'email'], certain: true },
    { kind: 'phone', fields: ['phone'] },
    { kind: 'mail', fields: ['email'] },
  ],
});

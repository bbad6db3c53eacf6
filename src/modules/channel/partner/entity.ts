import { defineEntity } from '../../../platform/entity/define.ts';

/** 渠道伙伴: a dealer, agent or retailer that sells for us, with people of its own who work here (SAL-9). */
export const partner = defineEntity({
  name: 'partner',
  plural: 'partners',
  module: 'channel',
  title: 'name',
  icon: 'partner',
  menu: { group: 'channel', order: 10 },
  scope: { kind: 'own' },
  numberPrefix: 'HB',
  unmergeable: true,
  without: ['share'],
  fields: {
    name: {
      kind: 'text',
      required: true,
      max: 90,
      search: 'name',
      filterable: true,
      sortable: true,
      quick: true,
    },
    /** Itself, as a customer of ours: what it orders is booked there. */
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    kind: {
      kind: 'choice',
      required: true,
      default: 'dealer',
      options: [
        { value: 'dealer', zh: '经销商', en: 'Dealer' },
        { value: 'agent', zh: '代理商', en: 'Agent' },
        { value: 'retailer', zh: '零售商', en: 'Retailer' },
      ],
      filterable: true,
      quick: true,
    },
    level: {
      kind: 'choice',
      open: true,
      options: [
        { value: 'general', zh: '总代', en: 'General' },
        { value: 'first', zh: '一级', en: 'First level' },
        { value: 'second', zh: '二级', en: 'Second level' },
      ],
      filterable: true,
      quick: true,
    },
    parent: { kind: 'reference', to: 'partner', filterable: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'active', zh: '合作中', en: 'Active', color: 'song' },
        { value: 'ended', zh: '已终止', en: 'Ended', color: 'zhu' },
      ],
      readOnly: true,
      filterable: true,
    },
    /** Provinces, cities or districts, by name. */
    territory: { kind: 'multiChoice', open: true, options: [], group: 'terms' },
    products: { kind: 'references', to: 'product', group: 'terms' },
    categories: { kind: 'references', to: 'productCategory', group: 'terms' },
    contractFrom: { kind: 'date', filterable: true, sortable: true, group: 'terms' },
    contractTo: { kind: 'date', filterable: true, sortable: true, group: 'terms' },
    creditLimit: { kind: 'money', group: 'terms' },
    /** 报备保护期: for so many days a registered customer is nobody else's. */
    protectedDays: { kind: 'integer', min: 1, maxValue: 3650, default: 90, required: true, group: 'terms' },
    /** The department its own people and customers are in; made with it. */
    unit: { kind: 'reference', to: 'department', readOnly: true, filterable: true },
    endedOn: { kind: 'date', readOnly: true, filterable: true },
    endReason: { kind: 'longText', max: 2000, readOnly: true },
    remark: { kind: 'longText', search: 'text' },
  },
  unique: [['name'], ['customer']],
  list: {
    columns: ['name', 'number', 'kind', 'level', 'territory', 'status', 'contractTo', 'owner', 'updatedAt'],
    sort: 'name',
  },
  subtitle: ['kind', 'level'],
});

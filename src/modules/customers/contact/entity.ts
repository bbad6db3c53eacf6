import { defineEntity } from '../../../platform/entity/define.ts';

/** 联系人: a person at a customer. Who owns the customer sees its people. */
export const contact = defineEntity({
  name: 'contact',
  plural: 'contacts',
  module: 'customers',
  title: 'name',
  icon: 'contact',
  scope: { kind: 'child', of: 'customer' },
  fields: {
    name: { kind: 'text', required: true, search: 'name', personName: true, filterable: true, sortable: true, quick: true, max: 100, group: 'basic' },
    customer: { kind: 'reference', to: 'customer', filterable: true, quick: true, group: 'basic' },
    jobTitle: { kind: 'text', search: 'text', quick: true, max: 100, group: 'basic' },
    unit: { kind: 'text', max: 100, group: 'basic' },
    primary: { kind: 'boolean', default: false, group: 'basic' },
    left: { kind: 'boolean', default: false, group: 'basic' },
    phone: { kind: 'phone', search: 'phone', filterable: true, sensitive: true, quick: true, max: 60, group: 'contact' },
    otherPhones: { kind: 'phones', search: 'phone', sensitive: true, group: 'contact' },
    email: { kind: 'email', search: 'mail', filterable: true, sensitive: true, quick: true, max: 254, group: 'contact' },
    wechat: { kind: 'text', search: 'text', sensitive: true, max: 100, group: 'contact' },
    otherCustomers: { kind: 'references', to: 'customer', filterable: true, group: 'relation' },
    tags: { kind: 'references', to: 'tag', filterable: true, group: 'relation' },
    sex: { kind: 'choice', options: ['male', 'female'], group: 'person' },
    birthday: { kind: 'birthday', sensitive: true, max: 40, group: 'person' },
    family: { kind: 'longText', sensitive: true, group: 'person' },
    remark: { kind: 'longText', search: 'text', group: 'relation' },
  },
  list: { columns: ['name', 'customer', 'jobTitle', 'phone', 'email', 'primary', 'updatedAt'], sort: '-updatedAt' },
  subtitle: ['customer', 'jobTitle'],
});

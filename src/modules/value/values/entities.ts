import { defineEntity } from '../../../platform/entity/define.ts';

/**
 * 关系评估: what people judge a customer to be worth beyond its orders, from a day on, until it is judged anew (CUS-12). Earlier
 * judgements stay, so that earlier periods do.
 */
export const valueJudgement = defineEntity({
  name: 'valueJudgement',
  plural: 'value-judgements',
  module: 'value',
  title: 'reason',
  icon: 'star',
  scope: { kind: 'child', of: 'customer' },
  unmergeable: true,
  without: ['share', 'transfer', 'import'],
  fields: {
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    day: { kind: 'date', required: true, filterable: true, sortable: true, quick: true },
    /** How closely its trade watches what it does. */
    influence: {
      kind: 'integer',
      min: 0,
      maxValue: 5,
      default: 0,
      required: true,
      filterable: true,
      quick: true,
    },
    /** What it has agreed to show of us. */
    showcase: {
      kind: 'multiChoice',
      options: ['name', 'story', 'tour', 'event'],
      filterable: true,
      quick: true,
    },
    /** How much, and how well, it speaks of us among its equals. */
    wordOfMouth: {
      kind: 'integer',
      min: 0,
      maxValue: 5,
      default: 0,
      required: true,
      filterable: true,
      quick: true,
    },
    reason: { kind: 'text', max: 500, required: true, search: 'text', quick: true },
  },
  unique: [['customer', 'day']],
  list: { columns: ['day', 'customer', 'influence', 'showcase', 'wordOfMouth', 'reason'], sort: '-day' },
  subtitle: ['customer', 'day'],
});

/** 推荐: a customer that came because another recommended us. */
export const referral = defineEntity({
  name: 'referral',
  plural: 'referrals',
  module: 'value',
  title: 'note',
  icon: 'star',
  scope: { kind: 'child', of: 'customer' },
  unmergeable: true,
  without: ['share', 'transfer'],
  fields: {
    /** Who recommended us. */
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    /** Who came. It came once. */
    referred: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    day: { kind: 'date', required: true, filterable: true, sortable: true, quick: true },
    note: { kind: 'text', max: 500, search: 'text', quick: true },
  },
  unique: [['referred']],
  indexes: [['customer', 'day']],
  list: { columns: ['day', 'customer', 'referred', 'note'], sort: '-day' },
  subtitle: ['customer', 'day'],
});

import type { Achievement } from '../../platform/achievements/achievement.ts';

/** 回款: what came in, less what was given back, on the day it came. */
export const receiptAchievements: readonly Achievement[] = [
  {
    name: 'receipts',
    unit: 'money',
    whole: {
      entity: 'receipt',
      performer: 'performer',
      at: 'date',
      value: { fn: 'sum', field: 'amount', less: ['refunded'] },
      filter: { field: 'status', op: 'eq', value: 'confirmed' },
      province: 'customer.province',
    },
  },
];

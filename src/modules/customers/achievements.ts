import type { Achievement } from '../../platform/achievements/achievement.ts';

/** New customers, of whoever entered them: they stay his when somebody else looks after them. */
export const customerAchievements: readonly Achievement[] = [
  {
    name: 'newCustomers',
    unit: 'count',
    whole: {
      entity: 'customer',
      performer: 'createdBy',
      at: 'createdAt',
      value: { fn: 'count' },
      province: 'province',
    },
  },
];

import type { Achievement } from '../../platform/achievements/achievement.ts';

/** Visits, of whoever made them. */
export const activityAchievements: readonly Achievement[] = [
  {
    name: 'visits',
    unit: 'count',
    whole: {
      entity: 'activity',
      performer: 'owner',
      at: 'occurredAt',
      value: { fn: 'count' },
      filter: { field: 'kind', op: 'eq', value: 'visit' },
      province: 'customer.province',
    },
  },
];

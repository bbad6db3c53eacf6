import type { Achievement, Tally } from '../../platform/achievements/achievement.ts';

const WON: Tally = {
  entity: 'opportunity',
  performer: 'performer',
  at: 'closedOn',
  value: { fn: 'sum', field: 'amount' },
  filter: { field: 'status', op: 'eq', value: 'won' },
  product: 'products',
  province: 'customer.province',
};

/** Business won: its worth, and how often. */
export const salesAchievements: readonly Achievement[] = [
  { name: 'won', unit: 'money', whole: WON },
  { name: 'wonCount', unit: 'count', whole: { ...WON, value: { fn: 'count' } } },
];

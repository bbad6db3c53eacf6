import type { TodayItem } from './api.ts';

/** The promise past its time; `TODAY_RANK.overdue` on the server. */
const OVERDUE = 10;

/** Whether a line of the day is past its time: red is for what is late, not for what is still to come today. */
export function isLate(
  { at, date, rank }: Pick<TodayItem, 'at' | 'date' | 'rank'>,
  today: string,
  now: number,
) {
  if (at) return Date.parse(at) < now;
  return !!date && (date < today || (date === today && rank === OVERDUE));
}

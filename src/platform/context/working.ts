import { addWorkdays } from '../time/business-calendar.ts';
import { dueAt } from '../time/business-clock.ts';
import { localToInstant } from '../time/instant.shared.ts';
import type { Context } from './context.ts';
import { dayOf } from './day.ts';

export type Clock = Pick<Context, 'businessDays' | 'timeZone' | 'now'>;

/** The moment itself while the company works, else when it next does. */
export const workingMoment = ({ businessDays, timeZone, now }: Clock): string =>
  dueAt(businessDays, timeZone, now, 0) ?? now;

/** When the company opens on the working day so many after today. */
export function opensIn(ctx: Clock, days: number): string {
  const opens = ctx.businessDays.hours[0]?.[0] ?? '09:00';
  return localToInstant(`${addWorkdays(ctx.businessDays, dayOf(ctx), days)}T${opens}`, ctx.timeZone);
}

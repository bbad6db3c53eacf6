import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { addWorkdays } from '../../../platform/time/business-calendar.ts';
import { dueAt } from '../../../platform/time/business-clock.ts';
import { localToInstant } from '../../../platform/time/instant.shared.ts';

type Clock = Pick<Context, 'businessDays' | 'timeZone' | 'now'>;

export interface Wait {
  wait: number;
  unit: string;
}

/** The moment itself while the company works, else when it next does. */
export const workingMoment = ({ businessDays, timeZone, now }: Clock): string =>
  dueAt(businessDays, timeZone, now, 0) ?? now;

/** When the company opens on the working day so many after today. */
export function opensIn(ctx: Clock, days: number): string {
  const opens = ctx.businessDays.hours[0]?.[0] ?? '09:00';
  return localToInstant(`${addWorkdays(ctx.businessDays, dayOf(ctx), days)}T${opens}`, ctx.timeZone);
}

/** When a step is due whose time begins to run now: by working days as the company opens, by hours in working time. */
export function stepAt(ctx: Clock, { wait, unit }: Wait): string {
  if (wait === 0) return workingMoment(ctx);
  if (unit === 'days') return opensIn(ctx, wait);
  return dueAt(ctx.businessDays, ctx.timeZone, ctx.now, wait * 60) ?? opensIn(ctx, 1);
}

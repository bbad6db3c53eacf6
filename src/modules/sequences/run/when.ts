import { type Clock, opensIn, workingMoment } from '../../../platform/context/working.ts';
import { dueAt } from '../../../platform/time/business-clock.ts';

export interface Wait {
  wait: number;
  unit: string;
}

/** When a step is due whose time begins to run now: by working days as the company opens, by hours in working time. */
export function stepAt(ctx: Clock, { wait, unit }: Wait): string {
  if (wait === 0) return workingMoment(ctx);
  if (unit === 'days') return opensIn(ctx, wait);
  return dueAt(ctx.businessDays, ctx.timeZone, ctx.now, wait * 60) ?? opensIn(ctx, 1);
}

import type { Context } from '../context/context.ts';
import { dueAt as afterWorking } from '../time/business-clock.ts';
import type { TimeLimit } from './flow.shared.ts';

type Circumstances = Pick<Context, 'now' | 'timeZone' | 'businessDays'>;

/** When a time limit that begins now has passed: by the clock, or by the company's working hours; null is never. */
export function dueAt({ hours, clock }: TimeLimit, ctx: Circumstances): string | null {
  const minutes = Math.round(hours * 60);
  return clock === 'clock'
    ? Temporal.Instant.from(ctx.now).add({ minutes }).toString()
    : afterWorking(ctx.businessDays, ctx.timeZone, ctx.now, minutes);
}

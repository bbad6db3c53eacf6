import type { Context } from '../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../platform/entity/behaviour.ts';
import { takeDecided } from '../../platform/entity/decided.ts';
import { dateIn } from '../../platform/time/instant.shared.ts';

/** What has a time lies on the day of that time, as the company's calendar has it; put on another day it keeps its hour. */
function alignDay(ctx: Context, { before, values }: Draft): void {
  const at = before?.starts_at;
  if (typeof values.date === 'string' && values.startsAt === undefined && typeof at === 'string') {
    const hour = Temporal.Instant.from(at).toZonedDateTimeISO(ctx.timeZone).toPlainTime();
    values.startsAt = Temporal.PlainDate.from(values.date)
      .toZonedDateTime({ timeZone: ctx.timeZone, plainTime: hour })
      .toInstant()
      .toString();
  }
  if (typeof values.startsAt === 'string') values.date = dateIn(ctx.timeZone, values.startsAt);
}

/** A visit or meeting begins planned. */
export const plannedBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    takeDecided(ctx, drafts, 'planned');
    for (const draft of drafts) alignDay(ctx, draft);
  },
};

import type { Context } from '../../../platform/context/context.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { instantText } from '../../../platform/time/instant.shared.ts';

export const WATCH_JOB = 'work.watch';

const SLOT = 5 * 60_000;

/** The end of the five minutes a moment lies in: everything of a slot is told by one job. */
export const slotOf = (instant: string): string =>
  instantText(
    Temporal.Instant.fromEpochMilliseconds(
      Math.ceil(Temporal.Instant.from(instant).epochMilliseconds / SLOT) * SLOT,
    ),
  );

/** Has us look again at these moments, once for each slot however many records fall into it. */
export async function wakeAt(ctx: Context, times: readonly (string | null | undefined)[]): Promise<void> {
  const ahead = times.flatMap((time) =>
    time && Temporal.Instant.compare(time, ctx.now) > 0 ? slotOf(time) : [],
  );
  for (const slot of new Set(ahead)) await addJob(ctx, WATCH_JOB, {}, { key: slot, runAt: slot });
}

import type { Context } from '../../../platform/context/context.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { instantText } from '../../../platform/time/instant.shared.ts';

export const RUN_JOB = 'sequence.run';

const SLOT = 5 * 60_000;

/** Has us look again when steps are due: at once, or at the end of the five minutes they fall into, one job for all of them. */
export async function wakeRuns(ctx: Context, times: readonly (string | null | undefined)[]): Promise<void> {
  const slots = new Set(
    times.flatMap((time) => {
      if (!time) return [];
      if (Temporal.Instant.compare(time, ctx.now) <= 0) return ['now'];
      const end = Math.ceil(Temporal.Instant.from(time).epochMilliseconds / SLOT) * SLOT;
      return [instantText(Temporal.Instant.fromEpochMilliseconds(end))];
    }),
  );
  for (const slot of slots)
    await addJob(ctx, RUN_JOB, {}, { key: slot, ...(slot === 'now' ? {} : { runAt: slot }) });
}

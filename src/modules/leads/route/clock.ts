import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Draft, Row } from '../../../platform/entity/behaviour.ts';
import { isDecided } from '../../../platform/entity/decided.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { businessMinutes } from '../../../platform/time/business-clock.ts';
import { instantText } from '../../../platform/time/instant.shared.ts';
import { respondBy } from './rules.ts';

export const WATCH_JOB = 'lead.watch';

/** Whoever is given a lead by hand has the same time for it as whoever got it by the rule. */
export function restartClock(ctx: Context, { before, values }: Draft): void {
  const changed = 'owner' in values && values.owner !== (before?.owner_id ?? null);
  if (!changed || isDecided(ctx)) return;
  values.assignedAt = values.owner ? ctx.now : null;
  if (before?.status === 'new') Object.assign(values, timeAnew(ctx, before));
}

const timeAnew = (ctx: Context, before: Row) => ({
  respondBy: respondBy(ctx, {
    responseMinutes: before.response_limit as number | null,
    clock: (before.response_clock as 'business' | 'clock' | null) ?? 'business',
  }),
  escalatedAt: null,
});

/** How long the answer took, by the clock of the lead's rule; taking the answer back takes that back. */
export function measureResponse(ctx: Context, { before, values }: Draft): void {
  if (!before || !('respondedAt' in values)) return;
  const [from, to] = [before.received_at as string, values.respondedAt as string | null];
  if (to === null) Object.assign(values, timeAnew(ctx, before), { responseMinutes: null });
  else if (before.responded_at === null)
    values.responseMinutes = Math.round(
      before.response_clock === 'clock'
        ? Temporal.Instant.from(from).until(to).total('minutes')
        : businessMinutes(ctx.businessDays, ctx.timeZone, from, to),
    );
}

/** Writes down who had a lead that waits for its answer, and looks again when his time is up. */
export async function followClock(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const given = drafts.filter(
    ({ before, values }) =>
      values.owner && values.owner !== before?.owner_id && (before?.status ?? 'new') === 'new',
  );
  if (given.length)
    await sql`insert into lead_assignment (lead_id, user_id, at)
      select l, u, ${ctx.now} from unnest(${given.map(({ id }) => id)}::uuid[],
        ${given.map(({ values }) => values.owner)}::uuid[]) as g(l, u)`.execute(ctx.db);
  for (const slot of new Set(drafts.flatMap(({ values }) => slotOf(ctx, values.respondBy))))
    await addJob(ctx, WATCH_JOB, {}, { key: slot, runAt: slot });
}

const SLOT = 60_000;

/** The end of the minute a moment lies in: one job looks at everything of it. */
const slotOf = (ctx: Context, at: unknown): string[] =>
  typeof at === 'string' && Temporal.Instant.compare(at, ctx.now) > 0
    ? [
        instantText(
          Temporal.Instant.fromEpochMilliseconds(
            Math.ceil(Temporal.Instant.from(at).epochMilliseconds / SLOT) * SLOT,
          ),
        ),
      ]
    : [];

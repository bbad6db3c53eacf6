import { sql } from 'kysely';
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

/**
 * What waits in a pool is met by whoever has claimed it: a plan of somebody else's would keep it from nobody. It may be
 * planned by those who give the pool's customers away, who see them whole.
 */
async function requireClaim(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const { veiled } = ctx.policies.for('customer');
  const named = drafts.filter(({ values }) => typeof values.customer === 'string');
  if (veiled.length === 0 || named.length === 0) return;
  const ids = [...new Set(named.map(({ values }) => values.customer as string))];
  const { rows } = await sql<{ id: string }>`select id from customer where id = any(${ids}::uuid[])
    and owner_id is null and department_id = any(${[...veiled]}::uuid[])`.execute(ctx.db);
  const waiting = new Set(rows.map(({ id }) => id));
  for (const { values, problems } of named)
    if (waiting.has(values.customer as string)) problems.push({ path: 'customer', code: 'claim_first' });
}

/** A visit or meeting begins planned. */
export const plannedBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    await requireClaim(ctx, drafts);
    takeDecided(ctx, drafts, 'planned');
    for (const draft of drafts) alignDay(ctx, draft);
  },
};

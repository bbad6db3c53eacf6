import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Link } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { readMany } from '../../../platform/entity/titles.ts';
import { readTimeline, type TimelineItem } from '../../../platform/timeline/read.ts';

const MOST = 30;

/** What happened with the customer since one last sat together, newest first. */
export interface Since {
  /** The last visit or meeting; null when there was none: then everything known is told. */
  last: { at: string; kind: string; subject: string | null; activity: string } | null;
  items: TimelineItem[];
  /** There is more than is told. */
  more: boolean;
}

/** What changed at a customer since the last visit or meeting before a planned one, as far as the caller may see it. */
export async function sinceLastTime(ctx: Context, type: 'visit' | 'meeting', id: string): Promise<Since> {
  const record = await readRecord(ctx, type, id);
  const customer = (record.customer as Link).id;
  const last = await lastTogether(ctx, customer, (record.activity as Link | null)?.id ?? null);
  const { items, nextCursor } = await readTimeline(ctx, entityNamed(ctx.registry, 'customer'), customer, {
    limit: MOST,
  });
  const fresh = last ? items.filter(({ at }) => Temporal.Instant.compare(at, last.at) > 0) : items;
  return {
    last,
    items: fresh.filter(({ recordId }) => recordId !== last?.activity),
    more: nextCursor !== null && fresh.length === items.length,
  };
}

async function lastTogether(ctx: Context, customer: string, own: string | null): Promise<Since['last']> {
  const { rows } = await sql<{ at: string; kind: string; subject: string | null; activity: string }>`
    select occurred_at as at, kind, subject, id as activity from activity
    where customer_id = ${customer} and kind in ('visit', 'meeting') and deleted_at is null
      and id is distinct from ${own}::uuid and occurred_at <= ${ctx.now}
    order by occurred_at desc limit 1`.execute(ctx.db);
  const found = rows[0];
  // What the customer's file would not show is not told here either.
  const seen = found && (await readMany(ctx, 'activity', [found.activity], []));
  return seen?.size ? (found as Since['last']) : null;
}

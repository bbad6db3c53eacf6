import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { systemContext } from '../../../platform/context/services.ts';
import { defineSubscriber, type StoredEvent } from '../../../platform/events/subscriber.ts';
import { endWhatIsOver, runsAbout } from './over.ts';

type Column = Parameters<typeof runsAbout>[1]['column'];

/** What ends runs, and by which of their references it concerns them. */
const HAPPENED: Readonly<
  Record<string, { column: Column; ids(ctx: Context, event: StoredEvent): Promise<string[]> }[]>
> = {
  lead: [{ column: 'lead_id', ids: async (_ctx, { recordIds }) => recordIds }],
  opportunity: [{ column: 'opportunity_id', ids: async (_ctx, { recordIds }) => recordIds }],
  customer: [{ column: 'customer_id', ids: async (_ctx, { recordIds }) => recordIds }],
  contact: [{ column: 'contact_id', ids: async (_ctx, { recordIds }) => recordIds }],
  activity: [
    { column: 'lead_id', ids: (ctx, event) => referred(ctx, 'activity', 'lead_id', event, true) },
    { column: 'customer_id', ids: (ctx, event) => referred(ctx, 'activity', 'customer_id', event, true) },
  ],
  inquiry: [
    { column: 'lead_id', ids: (ctx, event) => referred(ctx, 'inquiry', 'lead_id', event, false) },
    { column: 'customer_id', ids: (ctx, event) => referred(ctx, 'inquiry', 'customer_id', event, false) },
  ],
};

async function referred(
  ctx: Context,
  table: 'activity' | 'inquiry',
  column: Column,
  { recordIds }: StoredEvent,
  fromCustomer: boolean,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct ${sql.ref(column)} as id from ${sql.table(table)}
    where id = any(${recordIds}::uuid[]) and ${sql.ref(column)} is not null
      ${fromCustomer ? sql`and from_customer` : sql``}`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** Ends runs as soon as there is an answer, a decision or another stage. Every step asks again by itself. */
export const endRuns = defineSubscriber({
  name: 'sequences.end',
  events: Object.keys(HAPPENED).flatMap((entity) =>
    ['created', 'updated', 'deleted', 'restored'].map((what) => `${entity}.${what}`),
  ),
  async handle(services, batch) {
    const ctx = await systemContext(services, { kind: 'system', reason: 'sequence' });
    const { rows } = await sql`select from sequence_run limit 1`.execute(ctx.db);
    if (rows.length === 0) return;
    for (const event of batch)
      for (const { column, ids } of HAPPENED[event.entity] ?? []) {
        const about = await ids(ctx, event);
        if (about.length) await endWhatIsOver(ctx, await runsAbout(ctx, { column, ids: about }));
      }
  },
});

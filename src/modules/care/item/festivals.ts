import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { defineCommand } from '../../../platform/command/command.ts';
import { FESTIVALS } from '../dates/festivals.shared.ts';

const PART = 1000;

/** The festivals many people keep, said at once: by it plans leave out whom a festival means nothing to. */
const festivalsOf = (entity: 'contact' | 'customer') =>
  defineCommand({
    name: 'festivals',
    entity,
    on: 'many',
    action: 'update',
    summary: 'Say which festivals people keep; null: as the care plans have it',
    parts: true,
    input: z.strictObject({ festivals: z.array(z.enum(FESTIVALS)).nullable() }),
    async run(ctx, { rows, input: { festivals } }) {
      const ids = rows.map((row) => row.id as string);
      const { rows: known } = await sql<{ id: string; festivals: string[] | null }>`
        select record_id as id, festivals from care_preference where record_id = any(${ids}::uuid[])`.execute(
        ctx.db,
      );
      const before = new Map(known.map((row) => [row.id, row.festivals]));
      const next = festivals && FESTIVALS.filter((name) => festivals.includes(name));
      const changed = ids.filter((id) => JSON.stringify(before.get(id) ?? null) !== JSON.stringify(next));
      await sql`insert into care_preference (record_id, off, festivals, updated_by, updated_at)
        select id, false, ${next}::text[], ${ctx.principal.userId}, ${ctx.now} from unnest(${changed}::uuid[]) as id
        on conflict (record_id) do update set festivals = excluded.festivals, updated_by = excluded.updated_by,
          updated_at = excluded.updated_at`.execute(ctx.db);
      // All that match a condition may be very many: no statement grows with them.
      for (let at = 0; at < changed.length; at += PART)
        await writeAudit(
          ctx,
          ...changed.slice(at, at + PART).map((id) => ({
            action: 'care_preference',
            entity,
            recordId: id,
            changes: { careFestivals: { before: before.get(id) ?? null, after: next } },
          })),
        );
      return { done: changed.length };
    },
  });

export const festivalCommands = [festivalsOf('contact'), festivalsOf('customer')];

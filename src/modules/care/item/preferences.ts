import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { lockRows, readRecord, requireScope } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { FESTIVALS, type Festival } from '../dates/festivals.shared.ts';

/** What a person wants of our care. */
interface Preference {
  /** Wants none. */
  off: boolean;
  /** The festivals he keeps; null: as plans have it. */
  festivals: Festival[] | null;
}

const params = z.strictObject({ entity: z.enum(['contact', 'customer', 'lead']), id: z.uuid() });
const body = z.strictObject({
  off: z.boolean(),
  festivals: z.array(z.enum(FESTIVALS)).nullable().default(null),
});

async function preferenceOf(ctx: Context, id: string): Promise<Preference> {
  const { rows } =
    await sql<Preference>`select off, festivals from care_preference where record_id = ${id}`.execute(ctx.db);
  return rows[0] ?? { off: false, festivals: null };
}

/** Whoever may change a person's file may say what he wants; it is in the audit of the file. */
function setPreference(ctx: Context, type: string, id: string, next: Preference): Promise<Preference> {
  const entity = entityNamed(ctx.registry, type);
  return inTransaction(ctx, async (inner) => {
    const [row] = await lockRows(inner, entity, [id]);
    if (!row) throw notFound(type);
    requireScope(inner, entity, 'update', row);
    const before = await preferenceOf(inner, id);
    if (JSON.stringify(before) === JSON.stringify(next)) return next;
    await sql`insert into care_preference (record_id, off, festivals, updated_by, updated_at)
      values (${id}, ${next.off}, ${next.festivals}, ${inner.principal.userId}, ${inner.now})
      on conflict (record_id) do update set off = excluded.off, festivals = excluded.festivals,
        updated_by = excluded.updated_by, updated_at = excluded.updated_at`.execute(inner.db);
    await writeAudit(inner, {
      action: 'care_preference',
      entity: type,
      recordId: id,
      changes: {
        careOff: { before: before.off, after: next.off },
        careFestivals: { before: before.festivals, after: next.festivals },
      },
    });
    return next;
  });
}

export function preferenceRoutes(): Route[] {
  const path = '/care/preferences/{entity}/{id}';
  const tag = 'care';
  return [
    route({
      method: 'GET',
      path,
      summary: 'What a person or customer wants of our care',
      tag,
      params,
      async handle({ ctx, params: { entity, id } }) {
        return preferenceOf(ctx, (await readRecord(ctx, entity, id)).id);
      },
    }),
    route({
      method: 'PUT',
      path,
      summary: 'Say what a person or customer wants of our care',
      tag,
      params,
      body,
      handle: ({ ctx, params: { entity, id }, body: next }) => setPreference(ctx, entity, id, next),
    }),
  ];
}

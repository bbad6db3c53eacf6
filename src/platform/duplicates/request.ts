import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { notFound, problem } from '../errors/problem.ts';
import type { NotificationKind } from '../notifications/kind.ts';
import { notify } from '../notifications/notify.ts';
import { rowsOf } from './pairs.ts';
import { comparedEntity } from './queue.ts';

export const requestInput = z.strictObject({
  entity: z.string().max(100),
  id: z.uuid(),
  /** To work on it together with its owner, or to take it over. */
  kind: z.enum(['share', 'transfer']),
  note: z.string().trim().max(500).optional(),
});

export const duplicateNotifications: readonly NotificationKind[] = [
  { name: 'duplicate.share', defaults: { inApp: true, mail: 'daily' } },
  { name: 'duplicate.transfer', defaults: { inApp: true, mail: 'daily' } },
];

/** Asks the owner of a record one was told of, and may not see, to share it or to give it away. */
export async function requestAccess(
  ctx: Context,
  input: z.infer<typeof requestInput>,
): Promise<{ owner: string }> {
  const entity = comparedEntity(ctx, input.entity);
  return inTransaction(ctx, async (inner) => {
    const { rows: told } = await sql`select 1 from duplicate_lookup where user_id = ${inner.principal.userId}
      and entity = ${entity.name} and at > ${inner.now}::timestamptz - interval '1 day' and ${input.id}::uuid = any(told) limit 1`.execute(
      inner.db,
    );
    const row = (await rowsOf(inner, entity, [input.id])).get(input.id);
    // Only what one has just been told of can be asked for: nobody finds records out by guessing ids.
    if (told.length === 0 || !row) throw notFound(entity.name);
    const owner = row.owner_id as string | null;
    if (!owner) throw problem('no_owner_to_ask', { status: 409 });
    await notify(inner, [
      {
        to: [owner],
        kind: `duplicate.${input.kind}`,
        record: { entity: entity.name, id: input.id },
        params: { note: input.note ? `：${input.note}` : '' },
        key: `duplicate.${input.kind}:${input.id}:${inner.principal.userId}:${inner.now.slice(0, 10)}`,
      },
    ]);
    await writeAudit(inner, {
      action: `request_${input.kind}`,
      entity: entity.name,
      recordId: input.id,
      ...(input.note ? { note: input.note } : {}),
    });
    return { owner };
  });
}

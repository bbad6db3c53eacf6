import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { lockRows, requireScope } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid, notFound, problem } from '../../../platform/errors/problem.ts';
import { emit } from '../../../platform/events/events.ts';
import { refreshFacts } from '../../../platform/facts/write.ts';
import { stageFacts } from '../facts.ts';
import { MODELS } from '../model/definition.shared.ts';
import { modelNamed } from '../model/store.ts';

export const moveInput = z.strictObject({
  model: z.enum(MODELS),
  stage: z.string().max(30),
  /** What shows that it is so. */
  evidence: z.string().trim().min(1).max(500),
  /** Rules leave it alone until then; without it until the next move by hand. */
  heldUntil: z.iso.date().nullable(),
});

/** Puts a customer into a stage by hand, for whoever may change the customer. */
export async function moveByHand(ctx: Context, id: string, input: z.output<typeof moveInput>): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    const entity = entityNamed(inner.registry, 'customer');
    const [row] = await lockRows(inner, entity, [id]);
    if (!row) throw notFound('customer');
    requireScope(inner, entity, 'update', row);
    const model = await modelNamed(inner, input.model);
    if (!model.active) throw problem('lifecycle_off', { status: 409 });
    if (!model.definition.stages.some(({ value }) => value === input.stage))
      throw invalid([{ path: 'stage', code: 'unknown_stage' }]);
    if (input.heldUntil && input.heldUntil < dayOf(inner))
      throw invalid([{ path: 'heldUntil', code: 'date_past' }]);
    await sql`select pg_advisory_xact_lock(hashtextextended(${`lifecycle ${model.code}`}, 0))`.execute(
      inner.db,
    );
    const before = await sql<{ stage: string }>`select stage from customer_stage
      where model = ${model.code} and customer_id = ${id}`.execute(inner.db);
    const was = before.rows[0]?.stage ?? null;
    await sql`insert into customer_stage as s (model, customer_id, stage, since, held_at, held_until, held_by)
      values (${model.code}, ${id}, ${input.stage}, ${inner.now}, ${inner.now}, ${input.heldUntil}, ${inner.principal.userId})
      on conflict (model, customer_id) do update set stage = excluded.stage,
        since = case when s.stage = excluded.stage then s.since else excluded.since end,
        held_at = excluded.held_at, held_until = excluded.held_until, held_by = excluded.held_by`.execute(
      inner.db,
    );
    await sql`insert into stage_change (model, customer_id, from_stage, to_stage, cause, evidence, by, at)
      values (${model.code}, ${id}, ${was}, ${input.stage}, 'hand', ${input.evidence}, ${inner.principal.userId}, ${inner.now})`.execute(
      inner.db,
    );
    await writeAudit(inner, {
      action: 'moveStage',
      entity: 'customer',
      recordId: id,
      note: `${was ?? '—'} → ${input.stage} · ${input.evidence}`,
    });
    await emit(inner, { name: 'customer.staged', entity: 'customer', recordIds: [id] });
    await refreshFacts(inner, stageFacts, [id]);
  });
}

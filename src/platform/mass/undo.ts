import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { uuidv7 } from '../db/uuid.ts';
import { claimUndo, type UndoSet, undoPart } from '../entity/mass-undo.ts';
import { problem } from '../errors/problem.ts';
import { addJob } from '../jobs/job.ts';
import { addMass } from './store.ts';

export type Undone =
  | { restored: number; conflicts: { id: string; title: string }[] }
  | { jobId: string; id: string };

/**
 * Takes a mass action back, of many records as a job. One whose job was stopped before its end goes on with another call.
 */
export async function undoMass(ctx: Context, undoId: string, atOnce: number): Promise<Undone> {
  return inTransaction(ctx, async (inner) => {
    await requireEnded(inner, undoId);
    const stopped = await stoppedUndo(inner, undoId);
    if (stopped) return stopped;
    const set = await claimUndo(inner, undoId);
    // What a stopped action had not come to is not taken up again behind its undo.
    await sql`delete from mass_part where action_id = ${undoId} and not finished`.execute(inner.db);
    const { rows } = await sql<{
      id: string;
    }>`select record_id as id from undo_row where undo_id = ${undoId} and with_id is null order by record_id`.execute(
      inner.db,
    );
    const ids = rows.map((row) => row.id);
    if (ids.length <= atOnce) return undoPart(inner, set, ids);
    const id = uuidv7();
    const jobId = await addMass(inner, { id, action: 'undo', entity: set.entity, undoes: undoId }, ids);
    return { jobId, id };
  });
}

export async function undoSetOf(ctx: Context, id: string): Promise<UndoSet> {
  const { rows } = await sql<UndoSet>`select id, entity, action from undo_set where id = ${id}`.execute(
    ctx.db,
  );
  return rows[0] as UndoSet;
}

/** What is still being done cannot be taken back: it would be done again behind the undo. */
async function requireEnded(ctx: Context, undoId: string): Promise<void> {
  const { rows } = await sql`select 1 from mass_action m join job j on j.id = m.job_id
    where m.id = ${undoId} and j.state in ('queued', 'running')
      and (m.created_by = ${ctx.principal.userId} or ${ctx.policies.administrator})`.execute(ctx.db);
  if (rows[0]) throw problem('mass_at_work', { status: 409 });
}

async function stoppedUndo(ctx: Context, undoId: string): Promise<{ jobId: string; id: string } | null> {
  const { rows } = await sql<{ id: string; entity: string }>`select m.id, m.entity
    from mass_action m join job j on j.id = m.job_id
    where m.undoes = ${undoId} and j.state in ('failed', 'cancelled')
      and (m.created_by = ${ctx.principal.userId} or ${ctx.policies.administrator})
      and exists (select from mass_part p where p.action_id = m.id and not p.finished)
    for update of m`.execute(ctx.db);
  const [found] = rows;
  if (!found) return null;
  const jobId = await addJob(ctx, 'mass.undo', { id: found.id }, { entity: found.entity });
  await sql`update mass_action set job_id = ${jobId} where id = ${found.id}`.execute(ctx.db);
  return { jobId, id: found.id };
}

import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { changeRows, lockRows, updateRecord } from '../../../platform/entity/records.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { requireAccountCommand } from './administrators.ts';
import { lockUser } from './status.ts';

export interface Move {
  department: string | null;
  /** What happens to the records he owns: they stay with the department they are in, or go along. Never decided silently. */
  customers: 'keep' | 'move';
}

const CHUNK = 500;

/** Moves a person to another department. Returns how many records went along. */
export async function moveUser(ctx: Context, userId: string, move: Move): Promise<{ moved: number }> {
  await requireAccountCommand(ctx, 'move', userId);
  if (userId === ctx.principal.userId && !ctx.policies.administrator)
    throw forbidden('administrator_required');
  return inTransaction(ctx, async (inner) => {
    await lockUser(inner, userId);
    const system = asSystem(inner, 'user_moved');
    await updateRecord(system, 'user', userId, { department: move.department }, null);
    return { moved: move.customers === 'move' ? await moveOwned(system, userId, move.department) : 0 };
  });
}

/** Records of the person's own, of every kind; what hangs on them follows by itself. */
async function moveOwned(ctx: Context, userId: string, department: string | null): Promise<number> {
  let moved = 0;
  for (const entity of ctx.registry.entities.filter(({ scope }) => scope.kind === 'own')) {
    const { rows } = await sql<{ id: string }>`select id from ${sql.table(entity.table)}
      where owner_id = ${userId} and department_id is distinct from ${department}::uuid and deleted_at is null
      order by id`.execute(ctx.db);
    for (let at = 0; at < rows.length; at += CHUNK) {
      const ids = rows.slice(at, at + CHUNK).map(({ id }) => id);
      const locked = await lockRows(ctx, entity, ids);
      await changeRows(
        ctx,
        entity,
        locked.map((row) => ({ row, values: { department } })),
      );
      moved += locked.length;
    }
  }
  return moved;
}

import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { changeRows, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import type { Moved } from './claim.ts';
import { putBack, type State } from './state.ts';

const MINUTES = 10;

interface LastMove {
  customer: string;
  own: boolean;
  fresh: boolean;
  owner: string | null;
  department: string | null;
  state: State | null;
}

/**
 * Takes back what one has just claimed, assigned or released: the customer goes where it was, with its protection and its
 * former owner's time out as they were. A claim taken back still counts for the day. Whatever was done since stands.
 */
export function undoMoves(ctx: Context, ids: readonly string[]): Promise<Moved> {
  return inTransaction(ctx, async (inner) => {
    const system = asSystem(inner, 'undo');
    const acting = { ...system, principal: { ...system.principal, cause: { kind: 'undo' as const } } };
    const entity = entityNamed(inner.registry, 'customer');
    const rows = new Map((await lockRows(acting, entity, ids)).map((row) => [row.id as string, row]));
    const last = await lastMoves(inner, ids);
    const moved: Moved = { done: [], changed: [], refused: [] };
    const passed: { id: string; move: LastMove }[] = [];
    for (const id of ids) {
      const move = last.get(id);
      if (!rows.has(id) || !move?.own) moved.refused.push({ id, code: 'pool_moved_since' });
      else if (!move.fresh) moved.refused.push({ id, code: 'pool_undo_late', params: { minutes: MINUTES } });
      else passed.push({ id, move });
    }
    const { drafts } = await changeRows(
      acting,
      entity,
      passed.map(({ id, move: { owner, department } }) => ({
        row: rows.get(id) as NonNullable<ReturnType<typeof rows.get>>,
        values: { owner, department },
      })),
      { action: 'undo' },
    );
    for (const draft of drafts) {
      const [refused] = draft.problems;
      if (refused) moved.refused.push({ id: draft.id, code: refused.code, params: refused.params ?? {} });
      else moved.done.push(draft.id);
    }
    moved.changed.push(...moved.done);
    await putBack(
      inner,
      passed.flatMap(({ id, move }) => (moved.done.includes(id) ? [{ id, state: move.state }] : [])),
    );
    return moved;
  });
}

/** The last move of each: whether it was one's own and can be taken back, and what it took away. */
async function lastMoves(ctx: Context, ids: readonly string[]): Promise<Map<string, LastMove>> {
  const since = Temporal.Instant.from(ctx.now).subtract({ minutes: MINUTES }).toString();
  const { rows } = await sql<LastMove>`select distinct on (customer_id) customer_id as customer,
      actor_id = ${ctx.principal.userId} and kind in ('claim', 'assign', 'release') as own,
      at >= ${since} as fresh, from_owner as owner, from_department as department, state
    from pool_move where customer_id = any(${[...ids]}::uuid[]) order by customer_id, at desc, id desc`.execute(
    ctx.db,
  );
  return new Map(rows.map((row) => [row.customer, row]));
}

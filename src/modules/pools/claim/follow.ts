import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { bulkInsert } from '../../../platform/db/bulk.ts';
import { uuidv7 } from '../../../platform/db/uuid.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { addWorkdays } from '../../../platform/time/business-calendar.ts';
import { unitsAmong } from '../pool/behaviour.ts';
import { activePools } from '../pool/rules.ts';
import { isRecycled } from '../recycle/due.ts';
import { statesOf } from './state.ts';

/**
 * However a customer is given away — claimed, assigned, transferred, recycled, undone, edited — it lies in a pool when nobody
 * owns it and it is held by a pool's department; and each move is remembered.
 */
export const customerPools: Behaviour = {
  async prepare(ctx, drafts) {
    const moving = drafts.filter((draft) => !draft.before || moves(draft));
    const units = await unitsAmong(
      ctx,
      moving.flatMap((draft) => department(draft) ?? []),
    );
    for (const draft of moving) {
      const named = draft.values.department as string | null | undefined;
      if (named && units.has(named)) leaveOwner(ctx, draft);
      const owner = draftValue(draft, 'owner', 'owner_id');
      const unit = department(draft);
      const pool = owner === null && unit ? (units.get(unit) ?? null) : null;
      if (draft.before ? pool !== draft.before.pool_id : pool) draft.values.pool = pool;
    }
  },
  async afterSave(ctx, drafts) {
    const moved = drafts.flatMap((draft) => moveOf(ctx, draft) ?? []);
    if (moved.length) await remember(ctx, moved);
  },
};

const moves = ({ values }: Draft) => 'owner' in values || 'department' in values;
const department = (draft: Draft) => draftValue(draft, 'department', 'department_id') as string | null;

/** What is put into a pool has no owner; to name another one is a contradiction. */
function leaveOwner(ctx: Context, { values, before, problems }: Draft): void {
  const own = before ? undefined : ctx.principal.userId;
  if (values.owner && values.owner !== own) problems.push({ path: 'owner', code: 'pool_has_no_owner' });
  values.owner = null;
}

type MoveKind = 'create' | 'claim' | 'assign' | 'release' | 'recycle' | 'transfer' | 'undo';

type Move = {
  id: string;
  customer_id: string;
  at: string;
  actor_id: string | null;
  kind: MoveKind;
  from_owner: string | null;
  to_owner: string | null;
  from_pool: string | null;
  to_pool: string | null;
  reason: string | null;
  from_department: string | null;
};

const MOVE_COLUMNS = [
  { name: 'id', type: 'uuid' },
  { name: 'customer_id', type: 'uuid' },
  { name: 'at', type: 'timestamptz' },
  { name: 'actor_id', type: 'uuid' },
  { name: 'kind', type: 'text' },
  { name: 'from_owner', type: 'uuid' },
  { name: 'to_owner', type: 'uuid' },
  { name: 'from_pool', type: 'uuid' },
  { name: 'to_pool', type: 'uuid' },
  { name: 'reason', type: 'text' },
  { name: 'from_department', type: 'uuid' },
  { name: 'state', type: 'jsonb' },
] as const;

function moveOf(ctx: Context, draft: Draft): Move | null {
  const fromOwner = (draft.before?.owner_id ?? null) as string | null;
  const toOwner = draftValue(draft, 'owner', 'owner_id') as string | null;
  const fromPool = (draft.before?.pool_id ?? null) as string | null;
  const toPool = draftValue(draft, 'pool', 'pool_id') as string | null;
  if (draft.before ? fromOwner === toOwner && fromPool === toPool : !toPool) return null;
  const { userId, cause } = ctx.principal;
  const kind = (): MoveKind => {
    if (cause.kind === 'undo') return 'undo';
    if (!draft.before) return 'create';
    if (toPool) return cause.kind === 'job' && isRecycled(cause.reason) ? 'recycle' : 'release';
    if (fromPool && toOwner) return toOwner === userId ? 'claim' : 'assign';
    return 'transfer';
  };
  return {
    id: uuidv7(),
    customer_id: draft.id,
    at: ctx.now,
    actor_id: userId,
    kind: kind(),
    from_owner: fromOwner,
    to_owner: toOwner,
    from_pool: fromPool,
    to_pool: toPool,
    // The name of the command stands where nobody gave a reason.
    reason: cause.reason === kind() ? null : (cause.reason ?? null),
    from_department: (draft.before?.department_id ?? null) as string | null,
  };
}

const STATE_COLUMNS = [
  { name: 'customer_id', type: 'uuid' },
  { name: 'pool_id', type: 'uuid' },
  { name: 'since', type: 'timestamptz' },
  { name: 'claimed_by', type: 'uuid' },
  { name: 'protected_until', type: 'date' },
  { name: 'last_owner', type: 'uuid' },
  { name: 'barred_until', type: 'date' },
] as const;

/** Writes the history, and since when, how long and from whom each customer is where it is. */
async function remember(ctx: Context, moved: Move[]): Promise<void> {
  const pools = new Map((await activePools(ctx)).map((pool) => [pool.id, pool]));
  const today = dayOf(ctx);
  const after = (days: number | null | undefined) =>
    days ? addWorkdays(ctx.businessDays, today, days) : null;
  const states = moved.map((move) => {
    const taken = move.to_owner && move.from_pool && move.kind !== 'undo';
    const left = move.to_pool && move.from_owner;
    return {
      customer_id: move.customer_id,
      pool_id: move.to_pool ?? move.from_pool,
      since: move.at,
      claimed_by: taken ? move.to_owner : null,
      protected_until: taken ? after(pools.get(move.from_pool as string)?.protectedDays) : null,
      last_owner: left ? move.from_owner : null,
      barred_until: left ? after(pools.get(move.to_pool as string)?.lastOwnerDays) : null,
    };
  });
  const before = await statesOf(
    ctx,
    moved.map((move) => move.customer_id),
  );
  const rows = moved.map((move) => ({ ...move, state: before.get(move.customer_id) ?? null }));
  await bulkInsert(ctx.db, 'pool_move', MOVE_COLUMNS, rows);
  await bulkInsert(
    ctx.db,
    'customer_pool',
    STATE_COLUMNS,
    states,
    sql`on conflict (customer_id) do update set ${sql.join(
      STATE_COLUMNS.slice(1).map(({ name }) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`),
    )}`,
  );
}

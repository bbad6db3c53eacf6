import { sql } from 'kysely';
import { rowInScope } from '../../../platform/access/where.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { changeRows, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { type NotificationItem, notify } from '../../../platform/notifications/notify.ts';
import { activePools, type Pool, poolFor } from '../pool/rules.ts';
import { type State, statesOf, takenBy } from './state.ts';

/** A customer that stays where it is, and why. */
export interface Refusal {
  id: string;
  code: string;
  params?: Record<string, unknown>;
}

export interface Moved {
  /** As wished now. */
  done: string[];
  /** Of these, what was not so before. */
  changed: string[];
  refused: Refusal[];
}

/** What becomes of one customer of a command: null lets it pass, `already` is as wished without doing anything. */
type Verdict = Omit<Refusal, 'id'> | 'already' | null;

interface Circumstances {
  row: Row;
  state: State | undefined;
  pool: Pool | undefined;
}

/**
 * Takes customers out of their pools. Each is taken by one person only, however many ask at once, and nobody gets more than the
 * pool's limits: rows are locked first, then the person.
 */
export function claim(ctx: Context, ids: readonly string[]): Promise<Moved> {
  const { userId, departmentId } = ctx.principal;
  if (!userId) throw forbidden();
  const today = dayOf(ctx);
  const mine = new Set(ctx.policies.pools);
  return move(ctx, ids, {
    judge({ row, state, pool }) {
      const from = pool ?? null;
      if (row.owner_id === userId) return state?.claimedBy === userId ? 'already' : { code: 'pool_yours' };
      const seen =
        from && (mine.has(from.unit) || rowInScope(ctx.policies.for('customer').scope('read'), row));
      if (!seen) return { code: 'not_found' };
      if (!mine.has(from.unit) && !ctx.policies.administrator) return { code: 'pool_not_member' };
      if (row.owner_id || !row.pool_id)
        return state?.protectedUntil && state.protectedUntil >= today
          ? { code: 'pool_protected', params: { until: state.protectedUntil } }
          : { code: 'pool_taken' };
      if (state?.lastOwner === userId && state.barredUntil && state.barredUntil >= today)
        return { code: 'pool_last_owner', params: { until: state.barredUntil } };
      return null;
    },
    async limit(inner, passed) {
      await sql`select pg_advisory_xact_lock(7245021, hashtext(${userId}))`.execute(inner.db);
      const taken = await takenBy(inner, userId);
      return passed.map(({ pool }) => {
        const so = taken.get(pool?.id as string) ?? { held: 0, today: 0 };
        if (pool?.claimLimit && so.held >= pool.claimLimit)
          return { code: 'pool_claim_limit', params: { max: pool.claimLimit } };
        if (pool?.dailyClaimLimit && so.today >= pool.dailyClaimLimit)
          return { code: 'pool_daily_limit', params: { max: pool.dailyClaimLimit } };
        so.held += 1;
        so.today += 1;
        return null;
      });
    },
    values: () => ({ owner: userId, department: departmentId }),
    action: 'claim',
  });
}

/** Gives customers of a pool to a person. Needs the right to give them away. */
export function assign(
  ctx: Context,
  ids: readonly string[],
  to: { owner: string; reason?: string | undefined },
): Promise<Moved> {
  const giving = ctx.policies.for('customer').scope('transfer');
  return inTransaction(ctx, async (inner) => {
    const moved = await move(inner, ids, {
      judge({ row }) {
        if (!rowInScope(ctx.policies.for('customer').scope('read'), row)) return { code: 'not_found' };
        if (!rowInScope(giving, row)) return { code: 'forbidden' };
        if (row.owner_id === to.owner) return 'already';
        return row.pool_id ? null : { code: 'pool_taken' };
      },
      values: () => ({ owner: to.owner }),
      action: 'assign',
      reason: to.reason,
    });
    await notify(inner, assigned(inner, moved.changed, to.owner));
    return moved;
  });
}

/** One deed is told once, however many customers it gave. */
function assigned(ctx: Context, [first, ...more]: readonly string[], owner: string): NotificationItem[] {
  if (!first) return [];
  const common = { to: [owner], kind: 'pool.assigned', key: `pool.assigned:${first}:${ctx.now}` };
  const one = { what: { text: 'notification.pool.one' } };
  const many = { what: { text: 'notification.pool.many', params: { count: more.length + 1 } } };
  return [
    more.length
      ? { ...common, params: many }
      : { ...common, record: { entity: 'customer', id: first }, params: one },
  ];
}

/** Puts customers into a pool: the one named, or the first into which each belongs. */
export async function release(
  ctx: Context,
  ids: readonly string[],
  wish: { reason: string; pool?: string | undefined },
): Promise<Moved> {
  const policy = ctx.policies.for('customer');
  return inTransaction(ctx, async (inner) => {
    const named = wish.pool ? (await activePools(inner)).find(({ id }) => id === wish.pool) : undefined;
    if (wish.pool && !named)
      throw problem('invalid', { errors: [{ path: 'pool', code: 'unknown_reference' }] });
    const fitting = named ? null : await poolFor(inner, ids);
    const target = (id: string) => named ?? fitting?.get(id);
    return move(inner, ids, {
      judge({ row }) {
        if (!rowInScope(policy.scope('read'), row)) return { code: 'not_found' };
        if (row.pool_id) return !named || row.pool_id === named.id ? 'already' : null;
        const own = row.owner_id === ctx.principal.userId && rowInScope(policy.scope('update'), row, true);
        if (!own && !rowInScope(policy.scope('transfer'), row)) return { code: 'forbidden' };
        return target(row.id as string) ? null : { code: 'pool_none_fits' };
      },
      values: (id) => ({ owner: null, department: target(id)?.unit }),
      action: 'release',
      reason: wish.reason,
    });
  });
}

interface Command {
  judge(one: Circumstances): Verdict;
  /** Refuses what goes beyond limits, for all that passed in their order. */
  limit?(inner: Context, passed: Circumstances[]): Promise<Verdict[]>;
  values(id: string): Record<string, unknown>;
  action: string;
  reason?: string | undefined;
}

/** The one way customers change hands here: locked, judged, changed and told of, all in one transaction. */
async function move(ctx: Context, ids: readonly string[], command: Command): Promise<Moved> {
  return inTransaction(ctx, async (inner) => {
    const system = asSystem(inner, command.reason ?? command.action);
    const entity = entityNamed(inner.registry, 'customer');
    const rows = new Map((await lockRows(system, entity, ids)).map((row) => [row.id as string, row]));
    // Read once the rows are ours: what others did while we waited has been written.
    const [states, pools] = await Promise.all([statesOf(inner, ids), activePools(inner)]);
    const moved: Moved = { done: [], changed: [], refused: [] };
    const passed: Circumstances[] = [];
    for (const id of ids) {
      const row = rows.get(id);
      const state = states.get(id);
      const pool = pools.find((each) => each.id === (row?.pool_id ?? state?.poolId));
      const verdict = row ? command.judge({ row, state, pool }) : { code: 'not_found' };
      if (verdict === 'already') moved.done.push(id);
      else if (verdict) moved.refused.push({ id, ...verdict });
      else if (row) passed.push({ row, state, pool });
    }
    const verdicts = (await command.limit?.(inner, passed)) ?? [];
    const changes = passed.flatMap(({ row }, at) => {
      const verdict = verdicts[at];
      const id = row.id as string;
      if (verdict && verdict !== 'already') moved.refused.push({ id, ...verdict });
      return verdict ? [] : [{ row, values: command.values(id) }];
    });
    if (changes.length === 0) return moved;
    const { drafts } = await changeRows(system, entity, changes, { action: command.action });
    for (const draft of drafts) {
      const [refused] = draft.problems;
      if (refused) moved.refused.push({ id: draft.id, code: refused.code, params: refused.params ?? {} });
      else moved.changed.push(draft.id);
    }
    moved.done.push(...moved.changed);
    return moved;
  });
}

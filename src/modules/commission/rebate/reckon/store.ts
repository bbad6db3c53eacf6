import { sql } from 'kysely';
import type { Context } from '../../../../platform/context/context.ts';
import { bulkInsert } from '../../../../platform/db/bulk.ts';
import { uuidv7 } from '../../../../platform/db/uuid.ts';
import type { How } from './how.shared.ts';

/** What of a deal was counted for an agreement, by its source: in which period, and how much. */
export interface Counted {
  agreement: string;
  source: string;
  period: string;
  base: string;
}

export async function countedOf(ctx: Context, deal: string): Promise<Counted[]> {
  const { rows } =
    await sql<Counted>`select agreement_id as agreement, source_id as source, period::text, base::text
    from rebate_source where deal_id = ${deal}`.execute(ctx.db);
  return rows;
}

/** Writes what is counted of a deal now. */
export async function storeCounted(ctx: Context, deal: string, all: readonly Counted[]): Promise<void> {
  if (all.length === 0) return;
  await sql`insert into rebate_source as s (agreement_id, source_id, deal_id, period, base)
    select n.agreement, n.source, ${deal}, n.period, n.base from unnest(${all.map(({ agreement }) => agreement)}::uuid[],
      ${all.map(({ source }) => source)}::uuid[], ${all.map(({ period }) => period)}::date[],
      ${all.map(({ base }) => base)}::numeric[]) n(agreement, source, period, base)
    on conflict (agreement_id, source_id) do update set period = excluded.period, base = excluded.base`.execute(
    ctx.db,
  );
}

/** What was reached by an agreement in a period, and what that is worth. */
export interface Reached {
  agreement: string;
  period: string;
  base: string;
  amount: string;
}

export const reachedKey = ({ agreement, period }: Pick<Reached, 'agreement' | 'period'>) =>
  `${agreement} ${period}`;

/** Locks what was reached, always in the same order: two who reckon at once wait and never deadlock. */
export async function lockReached(
  ctx: Context,
  wanted: readonly Pick<Reached, 'agreement' | 'period'>[],
): Promise<Map<string, Reached>> {
  const distinct = [...new Map(wanted.map((each) => [reachedKey(each), each])).values()].sort((a, b) =>
    reachedKey(a) < reachedKey(b) ? -1 : 1,
  );
  const { rows } = await sql<Reached>`insert into rebate_reached as r (agreement_id, period, base, amount)
    select w.agreement, w.period, 0, 0 from unnest(${distinct.map(({ agreement }) => agreement)}::uuid[],
      ${distinct.map(({ period }) => period)}::date[]) with ordinality as w(agreement, period, n) order by w.n
    on conflict (agreement_id, period) do update set base = r.base
    returning agreement_id as agreement, period::text, base::text, amount::text`.execute(ctx.db);
  return new Map(rows.map((row) => [reachedKey(row), row]));
}

export async function storeReached(ctx: Context, all: readonly Reached[]): Promise<void> {
  await sql`update rebate_reached r set base = n.base, amount = n.amount
    from unnest(${all.map(({ agreement }) => agreement)}::uuid[], ${all.map(({ period }) => period)}::date[],
      ${all.map(({ base }) => base)}::numeric[], ${all.map(({ amount }) => amount)}::numeric[]) n(agreement, period, base, amount)
    where r.agreement_id = n.agreement and r.period = n.period`.execute(ctx.db);
}

/** A movement of what is accrued. */
export interface NewMove {
  agreement: string;
  period: string;
  day: string;
  kind: 'accrued' | 'takenBack' | 'adjustment';
  name: string;
  amount: string;
  base: string;
  holder?: string;
  deal?: string;
  status?: 'open' | 'inBatch';
  batch?: string;
  how?: How;
}

const COLUMNS = [
  { name: 'id', type: 'uuid' },
  { name: 'agreement_id', type: 'uuid' },
  { name: 'period', type: 'date' },
  { name: 'day', type: 'date' },
  { name: 'kind', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'amount', type: 'numeric' },
  { name: 'base', type: 'numeric' },
  { name: 'holder', type: 'text' },
  { name: 'deal_id', type: 'uuid' },
  { name: 'status', type: 'text' },
  { name: 'batch_id', type: 'uuid' },
  { name: 'how', type: 'jsonb' },
  { name: 'at', type: 'timestamptz' },
  { name: 'actor_id', type: 'uuid' },
] as const;

export async function enterMoves(ctx: Context, moves: readonly NewMove[]): Promise<void> {
  const rows = moves.map(({ agreement, deal, batch, status = 'open', how, ...move }) => ({
    ...{ ...move, status, id: uuidv7(), agreement_id: agreement, deal_id: deal, batch_id: batch },
    ...{ how, at: ctx.now, actor_id: ctx.principal.userId },
  }));
  await bulkInsert(ctx.db, 'rebate_row', COLUMNS, rows);
}

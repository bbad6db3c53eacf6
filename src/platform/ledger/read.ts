import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Book } from './book.ts';

/** What accounts of a kind hold, by their record; what nothing was posted to holds nothing and is not named. */
export async function balancesOf<A extends string>(
  ctx: Context,
  book: Book<A>,
  account: A,
  ids: readonly string[],
): Promise<Map<string, { unit: string; balance: string }[]>> {
  const { rows } = await sql<{ id: string; unit: string; balance: string }>`
    select account_id as id, unit, balance::text from ledger_balance
    where account_id = any(${[...ids]}::uuid[]) and account = ${account} and book = ${book.name} and balance <> 0`.execute(
    ctx.db,
  );
  return Map.groupBy(rows, ({ id }) => id);
}

/** A posting as it stands in the history of the record whose doing it is. */
export interface Posted<A extends string = string> {
  id: string;
  kind: string;
  day: string;
  at: string;
  actor: string | null;
  remark: string | null;
  reverses: string | null;
  /** The posting that took it back. */
  reversedBy: string | null;
  moves: { account: A; id: string; unit: string; amount: string }[];
}

/** Everything posted on behalf of a record, oldest first. */
export async function postingsOf<A extends string>(
  ctx: Context,
  book: Book<A>,
  source: string,
): Promise<Posted<A>[]> {
  const { rows } = await sql<
    Posted<A>
  >`select p.id, p.kind, p.day, p.at, p.actor_id as actor, p.remark, p.reverses,
      (select r.id from ledger_posting r where r.reverses = p.id) as "reversedBy",
      (select coalesce(json_agg(json_build_object('account', e.account, 'id', e.account_id, 'unit', e.unit,
        'amount', e.amount::text) order by e.account), '[]') from ledger_entry e where e.posting_id = p.id) as moves
    from ledger_posting p where p.source = ${source} and p.book = ${book.name} order by p.id`.execute(ctx.db);
  return rows;
}

import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { bulkInsert } from '../db/bulk.ts';
import { uuidv7 } from '../db/uuid.ts';
import { problem } from '../errors/problem.ts';
import { Exact } from '../money/money.shared.ts';
import type { Book, Move, Posting } from './book.ts';

const POSTING = [
  { name: 'id', type: 'uuid' },
  { name: 'book', type: 'text' },
  { name: 'kind', type: 'text' },
  { name: 'source', type: 'uuid' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamptz' },
  { name: 'actor_id', type: 'uuid' },
  { name: 'remark', type: 'text' },
  { name: 'reverses', type: 'uuid' },
] as const;

const ENTRY = [
  { name: 'posting_id', type: 'uuid' },
  { name: 'book', type: 'text' },
  { name: 'account', type: 'text' },
  { name: 'account_id', type: 'uuid' },
  { name: 'unit', type: 'text' },
  { name: 'amount', type: 'numeric' },
] as const;

type Entered<A extends string> = Posting<A> & { reverses?: string };

/**
 * Enters postings, all or none, and gives their ids. Accounts are locked in one order, so postings side by side wait and never
 * deadlock; whoever comes second is told what is left. @throws a problem of the account's rule
 */
export function post<A extends string>(
  ctx: Context,
  book: Book<A>,
  postings: readonly Entered<A>[],
): Promise<string[]> {
  return inTransaction(ctx, async (inner) => {
    const entered = postings.map((posting) => ({ ...posting, id: uuidv7(), moves: merged(posting.moves) }));
    await settleBalances(
      inner,
      book,
      entered.flatMap(({ moves }) => moves),
    );
    await bulkInsert(
      inner.db,
      'ledger_posting',
      POSTING,
      entered.map(({ id, kind, source, day, remark, reverses }) => ({
        ...{ id, kind, source, day, remark, reverses },
        book: book.name,
        at: inner.now,
        actor_id: inner.principal.userId,
      })),
    );
    const entries = entered.flatMap(({ id, moves }) =>
      moves.map((move) => ({
        posting_id: id,
        book: book.name,
        account: move.account,
        account_id: move.id,
        unit: move.unit,
        amount: move.amount,
      })),
    );
    await bulkInsert(inner.db, 'ledger_entry', ENTRY, entries);
    return entered.map(({ id }) => id);
  });
}

/**
 * Takes postings back, each exactly once: what they moved moves the other way. @throws `already_reversed` for one taken back
 * before or at the same time by somebody else
 */
export function reverse<A extends string>(
  ctx: Context,
  book: Book<A>,
  ids: readonly string[],
  how: { day: string; remark?: string | null },
): Promise<string[]> {
  return inTransaction(ctx, async (inner) => {
    // Nobody else takes them back until this ends; what he then finds is that it is done.
    await sql`select pg_advisory_xact_lock(7245030, hashtext(id::text)) from unnest(${[...ids].sort()}::uuid[]) as id`.execute(
      inner.db,
    );
    const { rows } = await sql<{ id: string; kind: string; source: string; done: boolean; moves: Move<A>[] }>`
      select p.id, p.kind, p.source, p.reverses is not null or exists (select from ledger_posting r where r.reverses = p.id) as done,
        (select json_agg(json_build_object('account', e.account, 'id', e.account_id, 'unit', e.unit, 'amount', (-e.amount)::text))
          from ledger_entry e where e.posting_id = p.id) as moves
      from ledger_posting p where p.id = any(${[...ids]}::uuid[]) and p.book = ${book.name} order by p.id`.execute(
      inner.db,
    );
    if (rows.length < new Set(ids).size || rows.some(({ done }) => done))
      throw problem('already_reversed', { status: 409 });
    const remark = how.remark ?? null;
    return post(
      inner,
      book,
      rows.map(({ id, kind, source, moves }) => ({
        kind,
        source,
        day: how.day,
        remark,
        moves,
        reverses: id,
      })),
    );
  });
}

const keyOf = ({ account, id, unit }: Move) => `${id} ${account} ${unit}`;

/** One entry for each account, in the order in which accounts are locked. */
function merged<A extends string>(moves: readonly Move<A>[]): Move<A>[] {
  const sums = new Map<string, Move<A>>();
  for (const move of moves) {
    const before = sums.get(keyOf(move));
    const amount = new Exact(before?.amount ?? 0).plus(move.amount).toFixed();
    sums.set(keyOf(move), { ...before, ...move, amount });
  }
  return [...sums.values()]
    .filter(({ amount }) => !new Exact(amount).isZero())
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

async function settleBalances<A extends string>(
  ctx: Context,
  book: Book<A>,
  moves: readonly Move<A>[],
): Promise<void> {
  const all = merged(moves);
  if (all.length === 0) return;
  const { rows } = await sql<{ id: string; account: A; unit: string; balance: string }>`
    insert into ledger_balance as b (book, account, account_id, unit, balance)
    select ${book.name}, m.account, m.id, m.unit, m.amount from unnest(${all.map(({ account }) => account)}::text[],
      ${all.map(({ id }) => id)}::uuid[], ${all.map(({ unit }) => unit)}::text[], ${all.map(({ amount }) => amount)}::numeric[])
      with ordinality as m(account, id, unit, amount, n) order by m.n
    on conflict (account_id, account, book, unit) do update set balance = b.balance + excluded.balance
    returning b.account_id as id, b.account, b.unit, b.balance::text`.execute(ctx.db);
  const after = new Map(rows.map((row) => [keyOf({ ...row, amount: '0' }), row.balance]));
  for (const move of all) refuse(book, move, new Exact(after.get(keyOf(move)) as string));
}

/** An account keeps its bounds: with all moves done it holds neither less nor more than it may. */
function refuse<A extends string>(
  { accounts }: Book<A>,
  { account, unit, amount, most }: Move<A>,
  after: InstanceType<typeof Exact>,
): void {
  const rule = accounts[account];
  const before = after.minus(amount);
  const told = (code: string, left: InstanceType<typeof Exact>) =>
    problem(code, {
      status: 409,
      params: { left: (left.isNegative() ? new Exact(0) : left).toFixed(), unit },
    });
  const takes = new Exact(amount).isNegative();
  if (takes && !rule.owes && after.isNegative()) throw told(rule.short, before);
  if (!takes && most != null && after.gt(most))
    throw told(rule.full ?? rule.short, new Exact(most).minus(before));
}

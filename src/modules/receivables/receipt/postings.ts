import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { titlesOf, type Wanted, want } from '../../../platform/entity/titles.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { roundMoney } from '../../../platform/money/money.shared.ts';
import { receivable } from '../book.ts';
import { mayTell } from '../figures/open-items.ts';
import { mayConfirm } from './rights.ts';

export const POSTED = ['receipt', 'order', 'contract', 'invoice', 'rebateAgreement'] as const;
type PostedKind = (typeof POSTED)[number];

interface Reference {
  entity: string;
  id: string;
  /** Null where it is out of the reader's sight. */
  title: string | null;
}

/** What moved money of a receipt or of a rebate, as people read it. */
export interface MoneyPosting {
  id: string;
  kind: string;
  day: string;
  by: string | null;
  remark: string | null;
  /** Whose money it is: a receipt's, or that credited by a rebate agreement. */
  from: Reference;
  /** What it paid for. */
  holder: Reference | null;
  instalment: string | null;
  invoice: Reference | null;
  /** In the currency of where it is from, and where it paid for something in another one in that. */
  amount: MoneyValue;
  paid: MoneyValue | null;
  /** It takes an earlier one back, or was taken back itself. */
  back: 'takes' | 'taken' | null;
  /** Whether the reader may take it back. */
  free: boolean;
}

interface Row {
  id: string;
  kind: string;
  source: string;
  day: string;
  actor: string | null;
  remark: string | null;
  reverses: string | null;
  taken: boolean;
  open: boolean;
  moves: { account: string; id: string; unit: string; amount: string }[];
}

const MOST = 200;

/** Accounts that money is allocated from. */
const PURSES = ['receipt', 'rebate'];
const purseOf = (kind: string): string =>
  ['rebate', 'setOff'].includes(kind) ? 'rebateAgreement' : 'receipt';

/** What was booked of a receipt or a rebate agreement, or for an order, a contract or an invoice, newest first. */
export async function postingsFor(ctx: Context, kind: PostedKind, id: string): Promise<MoneyPosting[]> {
  await readRecord(ctx, kind, id);
  if (!told(ctx, kind)) throw forbidden();
  const rows = await rowsOf(ctx, kind, id);
  const wanted: Wanted = new Map();
  const parts = new Set<string>();
  for (const { kind: posted, source, actor, moves } of rows) {
    want(wanted, purseOf(posted), source);
    if (actor) want(wanted, 'user', actor);
    for (const { account, id: holder } of moves)
      if (account === 'instalment') parts.add(holder);
      else if (!PURSES.includes(account))
        want(wanted, account === 'invoicePaid' ? 'invoice' : account, holder);
  }
  const [titles, names] = await Promise.all([titlesOf(ctx, wanted), instalmentNames(ctx, [...parts])]);
  const may = mayConfirm(ctx);
  const link = (entity: string, of: string): Reference => ({ entity, id: of, title: titles.get(of) ?? null });
  return rows.map((row): MoneyPosting => {
    const move = (...accounts: string[]) => row.moves.find(({ account }) => accounts.includes(account));
    const holder = move('order', 'contract');
    const [part, invoice, own] = [move('instalment'), move('invoicePaid'), move(...PURSES)];
    const positive = ({ amount, unit }: Row['moves'][number]) => ({
      amount: roundMoney(amount.replace('-', ''), unit),
      currency: unit,
    });
    const back = row.reverses ? 'takes' : row.taken ? 'taken' : null;
    return {
      ...{ id: row.id, kind: row.kind, day: row.day, remark: row.remark, back },
      by: titles.get(row.actor ?? '') ?? null,
      from: link(purseOf(row.kind), row.source),
      holder: holder ? link(holder.account, holder.id) : null,
      instalment: part ? (names.get(part.id) ?? null) : null,
      invoice: invoice ? link('invoice', invoice.id) : null,
      amount: positive((own ?? holder) as Row['moves'][number]),
      paid: holder && own && holder.unit !== own.unit ? positive(holder) : null,
      free:
        may &&
        !back &&
        row.open &&
        ['allocation', 'refund', 'setOff'].includes(row.kind) &&
        titles.has(row.source),
    };
  });
}

function told(ctx: Context, kind: PostedKind): boolean {
  if (kind === 'rebateAgreement') return ctx.policies.for(kind).sees('credit');
  if (!ctx.policies.for('receipt').can('read')) return false;
  return kind === 'order' || kind === 'contract'
    ? mayTell(ctx, kind)
    : ctx.policies.for('receipt').sees('amount');
}

async function rowsOf(ctx: Context, kind: PostedKind, id: string): Promise<Row[]> {
  const account = kind === 'invoice' ? 'invoicePaid' : kind;
  const which: RawBuilder<unknown> =
    kind === 'receipt' || kind === 'rebateAgreement'
      ? sql`p.source = ${id} and p.kind <> 'claim'`
      : sql`p.id in (select posting_id from ledger_entry where account_id = ${id} and account = ${account}) and p.kind in ('allocation', 'setOff')`;
  const { rows } =
    await sql<Row>`select p.id, p.kind, p.source, p.day::text, p.actor_id as actor, p.remark, p.reverses,
      exists (select from ledger_posting r where r.reverses = p.id) as taken,
      p.kind = 'setOff' or coalesce((select t.status = 'confirmed' from receipt t where t.id = p.source), false) as open,
      (select coalesce(json_agg(json_build_object('account', e.account, 'id', e.account_id, 'unit', e.unit,
        'amount', e.amount::text)), '[]') from ledger_entry e where e.posting_id = p.id) as moves
    from ledger_posting p where p.book = ${receivable.name} and ${which} order by p.id desc limit ${MOST}`.execute(
      ctx.db,
    );
  return rows;
}

/** What instalments are called, and of how much of the whole they are. */
async function instalmentNames(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    name: string;
  }>`select id, coalesce(name, trim_scale(percent)::text || '%') as name
    from (select id, name, percent from order_instalment union all select id, name, percent from contract_instalment) i
    where id = any(${[...ids]}::uuid[])`.execute(ctx.db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

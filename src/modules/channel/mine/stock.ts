import { type SqlBool, sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { changeRows, createDrafts, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { type PartnerRow, requireActive } from '../side.ts';
import { sellable } from './goods.ts';

export interface StockLine {
  product: string;
  opening: string;
  inflow: string;
  outflow: string;
  closing?: string | null | undefined;
}

/** A product of a month: what the partner said of it, and what it ended the month before with. */
export interface StockItem {
  product: string;
  name: string;
  code: string | null;
  barcode: string | null;
  unit: string | null;
  opening: string | null;
  inflow: string | null;
  outflow: string | null;
  closing: string | null;
  before: string | null;
}

/** What it sold may be of goods it may not sell any more, as long as it had some of them at the end of the month before. */
const theirs = (partner: PartnerRow) =>
  sql<SqlBool>`(b.closing > 0 or (p.active is not false and ${sellable(partner)}))`;

const ofMonth = (partner: PartnerRow, month: string, as: 's' | 'b') =>
  sql`left join stock_declaration ${sql.ref(as)} on ${sql.ref(`${as}.product_id`)} = p.id
    and ${sql.ref(`${as}.partner_id`)} = ${partner.id} and ${sql.ref(`${as}.month`)} = ${month} and ${sql.ref(`${as}.deleted_at`)} is null`;

const monthBefore = (month: string): string =>
  Temporal.PlainYearMonth.from(month).subtract({ months: 1 }).toString();

/** A month as the partner declared it, and what it ended the month before with: that is what it begins with. */
export async function stockOf(ctx: Context, partner: PartnerRow, month: string) {
  const { rows } =
    await sql<StockItem>`select p.id as product, p.name, p.code, p.barcode, p.unit, s.opening::text as opening,
      s.inflow::text as inflow, s.outflow::text as outflow, s.closing::text as closing, b.closing::text as before
    from product p ${ofMonth(partner, month, 's')} ${ofMonth(partner, monthBefore(month), 'b')}
    where p.deleted_at is null and (s.id is not null or ${theirs(partner)})
    order by (s.id is null and b.id is null), p.name_key, p.id limit 500`.execute(ctx.db);
  return { month, items: rows };
}

/** Saves a month: what stands there is changed, the rest is new; all of it adds up, or nothing is saved. */
export async function declareStock(
  ctx: Context,
  partner: PartnerRow,
  month: string,
  lines: readonly StockLine[],
) {
  requireActive(partner);
  return inTransaction(ctx, async (inner) => {
    const system = asSystem(inner, 'partner');
    // Two of one partner who save the same month at once come one after the other.
    await sql`select from partner where id = ${partner.id} for update`.execute(inner.db);
    const entity = entityNamed(inner.registry, 'stockDeclaration');
    const { rows } = await sql<{ id: string; product: string }>`select id, product_id as product
      from stock_declaration where partner_id = ${partner.id} and month = ${month} and deleted_at is null`.execute(
      inner.db,
    );
    const stored = new Map(rows.map(({ id, product }) => [product, id]));
    const locked = new Map(
      (
        await lockRows(
          system,
          entity,
          rows.map(({ id }) => id),
        )
      ).map((row) => [row.id as string, row]),
    );
    const changes = lines.flatMap(({ product, ...values }) => {
      const row = locked.get(stored.get(product) ?? '');
      return row ? [{ row, values: { ...values, closing: values.closing ?? null } }] : [];
    });
    const fresh = lines.filter(({ product }) => !stored.has(product));
    await requireTheirs(inner, partner, month, lines, fresh);
    const changed = await changeRows(system, entity, changes);
    const made = await createDrafts(
      system,
      entity,
      fresh.map((line) => ({ ...line, partner: partner.id, month, owner: partner.owner })),
    );
    const place = new Map(lines.map(({ product }, at) => [product, at]));
    const problems = [...changed.drafts, ...made].flatMap(({ before, values, problems: those }) => {
      const at = place.get((before?.product_id ?? values.product) as string) ?? 0;
      return those.map((each) => ({ ...each, path: `lines.${at}.${each.path}` }));
    });
    if (problems.length) throw invalid(problems);
    return { saved: lines.length };
  });
}

/** Nothing is declared of products a partner is not shown. */
async function requireTheirs(
  ctx: Context,
  partner: PartnerRow,
  month: string,
  lines: readonly StockLine[],
  fresh: readonly StockLine[],
): Promise<void> {
  const ids = fresh.map(({ product }) => product);
  const { rows } = await sql<{
    id: string;
  }>`select p.id from product p ${ofMonth(partner, monthBefore(month), 'b')}
    where p.id = any(${ids}::uuid[]) and p.deleted_at is null and ${theirs(partner)}`.execute(ctx.db);
  const known = new Set(rows.map(({ id }) => id));
  const foreign = fresh.filter(({ product }) => !known.has(product));
  if (foreign.length)
    throw invalid(
      foreign.map((line) => ({ path: `lines.${lines.indexOf(line)}.product`, code: 'not_for_partner' })),
    );
}

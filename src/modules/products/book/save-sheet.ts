import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { Draft, Row } from '../../../platform/entity/behaviour.ts';
import { setDeleted } from '../../../platform/entity/bin.ts';
import { changeRows, createDrafts, lockRows, requireScope } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import type { Entity } from '../../../platform/entity/types.ts';
import { type FieldProblem, forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { namedProducts } from './named-products.ts';
import type { SheetChange } from './sheet.shared.ts';

const amount = z.string().regex(/^\d{1,12}(\.\d{1,6})?$/);
export const sheetBody = z.strictObject({
  rows: z
    .array(
      z.strictObject({
        id: z.uuid().optional(),
        version: z.int().optional(),
        remove: z.literal(true).optional(),
        product: z.uuid().optional(),
        find: z.string().max(200).optional(),
        unit: z.string().max(20).optional(),
        fromQuantity: amount.optional(),
        price: amount.optional(),
        minimumPrice: amount.nullish(),
      }),
    )
    .min(1)
    .max(2000),
});

interface Placed {
  at: number;
  change: SheetChange;
  row: Row | null;
}

/** Saves what was changed in the grid of a book, all or nothing; each problem names its row. A price pasted anew is changed. */
export async function saveSheet(
  ctx: Context,
  book: string,
  changes: readonly SheetChange[],
): Promise<{ created: number; changed: number; removed: number }> {
  const entity = entityNamed(ctx.registry, 'priceBookEntry');
  if (!ctx.policies.for('priceBook').can('read')) throw forbidden();
  return inTransaction(ctx, async (inner) => {
    const { rows: books } = await sql<{ currency: string }>`select currency from price_book
      where id = ${book} and deleted_at is null for share`.execute(inner.db);
    const currency = books[0]?.currency;
    if (!currency) throw notFound('priceBook');
    const problems: FieldProblem[] = [];
    const placed = await placedRows(inner, entity, book, changes, problems);
    if (problems.length) throw invalid(problems);
    const gone = placed.filter(({ change, row }) => change.remove && row);
    const kept = placed.filter(({ change }) => !change.remove);
    const old = kept.filter(({ row }) => row);
    const fresh = kept.filter(({ row }) => !row);
    for (const { row } of old) requireScope(inner, entity, 'update', row as Row);
    for (const { row } of gone) requireScope(inner, entity, 'delete', row as Row);
    if (fresh.length && !inner.policies.for(entity.name).can('create')) throw forbidden();
    await setDeleted(
      inner,
      entity,
      gone.map(({ row }) => row as Row),
      true,
    );
    const { drafts, stored } = await changeRows(
      inner,
      entity,
      old.map(({ row, change }) => ({ row: row as Row, values: valuesOf(change, currency) })),
    );
    const made = await createDrafts(
      inner,
      entity,
      fresh.map(({ change }) => ({ ...valuesOf(change, currency), book, product: change.product })),
    );
    const wrong = [...byRow(old, drafts), ...byRow(fresh, made)];
    if (wrong.length) throw invalid(wrong);
    return { created: made.length, changed: stored.length, removed: gone.length };
  });
}

const byRow = (placed: readonly Placed[], drafts: readonly Draft[]): FieldProblem[] =>
  drafts.flatMap(({ problems }, index) =>
    problems.map((problem) => ({ ...problem, path: `rows.${placed[index]?.at}.${problem.path}` })),
  );

const valuesOf = ({ unit, fromQuantity, price, minimumPrice }: SheetChange, currency: string) => ({
  ...(unit === undefined ? {} : { unit }),
  ...(fromQuantity === undefined ? {} : { fromQuantity }),
  ...(price === undefined ? {} : { price: { amount: price, currency } }),
  ...(minimumPrice === undefined
    ? {}
    : { minimumPrice: minimumPrice === null ? null : { amount: minimumPrice, currency } }),
});

/** The entries the changes are of, locked; what is pasted finds its product, and the entry there is already. */
async function placedRows(
  ctx: Context,
  entity: Entity,
  book: string,
  changes: readonly SheetChange[],
  problems: FieldProblem[],
): Promise<Placed[]> {
  const named = await namedProducts(
    ctx,
    changes.flatMap(({ find }) => find ?? []),
  );
  const full = changes.map((change, at): SheetChange => {
    if (change.id || change.product) return change;
    const found = named.get(change.find ?? '');
    if (!found)
      problems.push({
        path: `rows.${at}.product`,
        code: 'product_not_found',
        params: { text: change.find ?? '' },
      });
    return { ...change, product: found?.id, unit: change.unit ?? found?.unit };
  });
  const there = await existing(ctx, book, full);
  const ids = full.map(({ id }, at) => id ?? there[at] ?? null);
  const rows = await lockRows(ctx, entity, [...new Set(ids.flatMap((id) => id ?? []))]);
  const keys = full.map(({ product, unit = '', fromQuantity = '1' }, at) =>
    product === undefined ? ids[at] : (ids[at] ?? `${product}/${unit}/${fromQuantity}`),
  );
  return full.map((change, at) => {
    // Of two prices for one thing nobody knows which is meant.
    if (keys[at] && keys.indexOf(keys[at]) < at) problems.push({ path: `rows.${at}`, code: 'price_twice' });
    const row = rows.find((each) => each.id === ids[at]) ?? null;
    if (change.id && row?.book_id !== book) problems.push({ path: `rows.${at}`, code: 'price_gone' });
    else if (row && change.version !== undefined && row.version !== change.version)
      problems.push({ path: `rows.${at}`, code: 'price_changed_meanwhile' });
    return { at, change, row };
  });
}

/** Of each change without id the entry with the same product, unit and quantity. */
async function existing(
  ctx: Context,
  book: string,
  changes: readonly SheetChange[],
): Promise<(string | null)[]> {
  const { rows } = await sql<{ id: string | null }>`select e.id from unnest(
      ${changes.map(({ id, product }) => (id ? null : (product ?? null)))}::uuid[], ${changes.map(({ unit }) => unit ?? null)}::text[],
      ${changes.map(({ fromQuantity }) => fromQuantity ?? '1')}::numeric[]) with ordinality c(product_id, unit, from_quantity, place)
    left join product p on p.id = c.product_id
    left join price_book_entry e on e.book_id = ${book} and e.product_id = c.product_id and e.unit = coalesce(c.unit, p.unit)
      and e.from_quantity = c.from_quantity and e.deleted_at is null
    order by c.place`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

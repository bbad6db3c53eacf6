import { sql } from 'kysely';
import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Draft, Row } from '../../../platform/entity/behaviour.ts';
import { changeRows, createDrafts, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import type { Action } from '../../../platform/entity/types.ts';
import { invalid, problem } from '../../../platform/errors/problem.ts';
import { repriced, STEPS } from './reprice.shared.ts';

/** What one person waits for; more goes by import. */
const MOST = 20_000;
const BATCH = 1000;

const percent = z
  .string()
  .regex(/^-?\d{1,4}(\.\d{1,4})?$/)
  .refine((text) => Number(text) > -100 && Number(text) <= 1000);
const step = z.enum(STEPS).default('0.01');

const mayEntries = (action: Action) => (ctx: Context) => ctx.policies.for('priceBookEntry').can(action);

/** Changes all prices of a book, or those of one category, by per cent, minimum prices along. */
const reprice = defineCommand({
  name: 'reprice',
  entity: 'priceBook',
  on: 'one',
  action: 'update',
  summary: 'Change all prices of a price book by per cent',
  input: z.strictObject({ percent, step, category: z.uuid().optional() }),
  allowed: mayEntries('update'),
  async run(ctx, { rows, input }) {
    const entity = entityNamed(ctx.registry, 'priceBookEntry');
    const ids = await entriesOf(ctx, rows[0]?.id as string, input.category);
    let changed = 0;
    for (let start = 0; start < ids.length; start += BATCH) {
      const found = await lockRows(ctx, entity, ids.slice(start, start + BATCH));
      const changes = found.map((row) => ({ row, values: newPrices(row, input.percent, input.step) }));
      const { drafts, stored } = await changeRows(ctx, entity, changes, { action: 'reprice' });
      refuse(drafts);
      changed += stored.length;
    }
    return { changed };
  },
});

/** Makes a book for the next period with the prices and conditions of this one; this one may end the day before. */
const copy = defineCommand({
  name: 'copyBook',
  entity: 'priceBook',
  on: 'one',
  action: 'create',
  summary: 'Copy a price book to a new period',
  input: z.strictObject({
    name: z.string().trim().min(1).max(100),
    validFrom: z.iso.date().nullish(),
    validTo: z.iso.date().nullish(),
    percent: percent.optional(),
    step,
    /** End this one the day before the new one begins. */
    endFormer: z.boolean().default(false),
  }),
  allowed: mayEntries('create'),
  async run(ctx, { entity, rows, input }) {
    const former = rows[0] as Row;
    const [made] = await createDrafts(ctx, entity, [bookValues(former, input)]);
    refuse([made as Draft]);
    const { id } = made as Draft;
    const ids = await entriesOf(ctx, former.id as string);
    const entries = entityNamed(ctx.registry, 'priceBookEntry');
    for (let start = 0; start < ids.length; start += BATCH) {
      const found = await lockRows(ctx, entries, ids.slice(start, start + BATCH));
      refuse(
        await createDrafts(
          ctx,
          entries,
          found.map((row) => entryValues(row, id, input)),
        ),
      );
    }
    if (input.endFormer && input.validFrom) await endBefore(ctx, former, input.validFrom);
    return { id, prices: ids.length };
  },
});

export const bookCommands = [reprice, copy];

function refuse(drafts: readonly Draft[]): void {
  const problems = drafts.flatMap((draft) => draft.problems);
  if (problems.length) throw invalid(problems.slice(0, 20));
}

async function entriesOf(ctx: Context, book: string, category?: string): Promise<string[]> {
  const within = category
    ? sql`and p.category_id in (with recursive below(id) as (select ${category}::uuid
        union select c.id from below b join product_category c on c.parent_id = b.id and c.deleted_at is null) select id from below)`
    : sql``;
  const { rows } = await sql<{ id: string }>`select e.id from price_book_entry e
    join product p on p.id = e.product_id and p.deleted_at is null ${within}
    where e.book_id = ${book} and e.deleted_at is null order by e.id limit ${MOST + 1}`.execute(ctx.db);
  if (rows.length > MOST) throw problem('too_many_prices', { status: 422, params: { max: MOST } });
  return rows.map(({ id }) => id);
}

const money = (row: Row, column: string, change?: { percent?: string | undefined; step: string }) => {
  if (row[column] === null) return null;
  const amount = row[column] as string;
  const currency = row[`${column}_currency`] as string;
  return {
    amount: change?.percent ? repriced(amount, change.percent, change.step, currency) : amount,
    currency,
  };
};

const newPrices = (row: Row, by: string, to: string) => ({
  price: money(row, 'price', { percent: by, step: to }),
  ...(row.minimum_price === null
    ? {}
    : { minimumPrice: money(row, 'minimum_price', { percent: by, step: to }) }),
});

const entryValues = (row: Row, book: string, change: { percent?: string | undefined; step: string }) => ({
  book,
  product: row.product_id,
  unit: row.unit,
  fromQuantity: row.from_quantity,
  price: money(row, 'price', change),
  ...(row.minimum_price === null ? {} : { minimumPrice: money(row, 'minimum_price', change) }),
  ...(row.note === null ? {} : { note: row.note }),
});

const bookValues = (
  former: Row,
  {
    name,
    validFrom,
    validTo,
  }: { name: string; validFrom?: string | null | undefined; validTo?: string | null | undefined },
) => ({
  name,
  validFrom: validFrom ?? null,
  validTo: validTo ?? null,
  currency: former.currency,
  taxIncluded: former.tax_included,
  priority: former.priority,
  active: former.active,
  grades: former.grades,
  segment: former.segment_id,
  regions: former.regions,
  channel: former.channel,
  remark: former.remark,
});

async function endBefore(ctx: Context, former: Row, day: string): Promise<void> {
  const validTo = Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
  if (former.valid_to !== null && (former.valid_to as string) <= validTo) return;
  if (!ctx.policies.for('priceBook').can('update')) throw problem('forbidden', { status: 403 });
  const { drafts } = await changeRows(ctx, entityNamed(ctx.registry, 'priceBook'), [
    { row: former, values: { validTo } },
  ]);
  refuse(drafts);
}

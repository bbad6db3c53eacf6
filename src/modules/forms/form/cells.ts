import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import {
  type FieldProblem,
  forbidden,
  invalid,
  notFound,
  problem,
} from '../../../platform/errors/problem.ts';
import { emit } from '../../../platform/events/events.ts';
import { parseDateText } from '../../../platform/time/instant.shared.ts';
import { type Base, rowsOf } from '../sheet/base.ts';
import { baseFor, kindOf } from '../sheet/fill.ts';
import { columnWords } from '../sheet/words.ts';
import type { SheetColumn } from './form.shared.ts';
import { mayFill } from './rights.ts';
import { type StoredForm, storedForm } from './store.ts';

export const cellsBody = z.strictObject({
  cells: z
    .array(
      z.strictObject({
        row: z.string().min(1).max(100),
        column: z.string().min(1).max(40),
        /** Null takes a judgement back: what is known of itself shows again. */
        value: z.string().trim().max(2000).nullable(),
        /** What stood there when the editor began; null where nothing was written yet. */
        base: z.string().max(2000).nullable(),
      }),
    )
    .min(1)
    .max(200),
});
export type CellChange = z.infer<typeof cellsBody>['cells'][number];

/** A form the caller may fill in, locked. */
export async function openForm(ctx: Context, id: string): Promise<{ form: StoredForm; row: Row }> {
  const [row] = await lockRows(ctx, entityNamed(ctx.registry, 'customerForm'), [id]);
  if (!row) throw notFound('customerForm');
  const form = storedForm(row);
  if (form.status === 'review' || form.status === 'locked') throw problem('form_signed', { status: 409 });
  if (!mayFill(ctx, form, row)) throw forbidden('form_not_yours');
  return { form, row };
}

/** Writes judgements. If somebody has written into one of the cells since, nothing is written and all of those are named. */
export const writeCells = (ctx: Context, id: string, cells: readonly CellChange[]) =>
  inTransaction(ctx, async (inner) => {
    const { form } = await openForm(inner, id);
    const columns = await kindOf(form.kind).columns(inner);
    const problems = cells.flatMap((cell, at) => problemsOf(cell, at, columns));
    if (problems.length) throw invalid(problems);
    const base = await baseFor(inner, { ...form, action: 'read' });
    await requireRows(base, form, [...new Set(cells.map(({ row }) => row))]);
    await refuseConflicts(inner, id, cells);
    const kept = cells.flatMap(({ row, column, value }) => (value === null ? [] : [{ row, column, value }]));
    const taken = cells.flatMap(({ row, column, value }) => (value === null ? [{ row, column }] : []));
    await sql`delete from customer_form_cell c using jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) as x("row" text, "column" text)
      where c.form_id = ${id} and c.row_key = x."row" and c.column_name = x."column"`.execute(inner.db);
    await sql`insert into customer_form_cell (form_id, row_key, column_name, value, by, at)
      select ${id}, x."row", x."column", x.value, ${inner.principal.userId}, ${inner.now}
      from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as x("row" text, "column" text, value text)
      on conflict (form_id, row_key, column_name) do update set value = excluded.value, by = excluded.by, at = excluded.at`.execute(
      inner.db,
    );
    await tellFilled(inner, id, columns, cells);
    return { done: cells.length };
  });

/** That cells were filled in, not with what: judgements are kept in one place, from where erasing takes them. */
async function tellFilled(
  ctx: Context,
  id: string,
  columns: readonly SheetColumn[],
  cells: readonly CellChange[],
) {
  const names = columns.filter(({ name }) => cells.some(({ column }) => column === name));
  const note = `${names.map((column) => columnWords(ctx, column)).join('、')} × ${cells.length}`;
  await writeAudit(ctx, { action: 'fillIn', entity: 'customerForm', recordId: id, note });
  await emit(ctx, { name: 'customerForm.filled', entity: 'customerForm', recordIds: [id] });
}

function problemsOf(
  { column, value }: CellChange,
  at: number,
  columns: readonly SheetColumn[],
): FieldProblem[] {
  const edit = columns.find(({ name }) => name === column)?.edit;
  const path = `cells.${at}.value`;
  if (!edit) return [{ path: `cells.${at}.column`, code: 'form_not_judged' }];
  if (!value) return [];
  if (edit === 'date' && parseDateText(value) !== value) return [{ path, code: 'bad_date' }];
  if (edit === 'score' && !/^(100|\d{1,2})$/.test(value)) return [{ path, code: 'form_bad_score' }];
  return [];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Judgements are of what the caller sees in the form's scope. */
async function requireRows(base: Base, { kind }: StoredForm, keys: readonly string[]): Promise<void> {
  if (kind === 'area') return;
  const ids = keys.filter((key) => UUID.test(key));
  const { ctx, customers } = base;
  const from =
    kind === 'visit'
      ? sql`activity a join customer t on t.id = a.customer_id where a.id = any(${ids}::uuid[]) and a.kind = 'visit'
          and ${rowsOf(ctx, 'activity', 'read', 'a')}`
      : sql`customer t where t.id = any(${ids}::uuid[])`;
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${from} and ${customers}`.execute(
    ctx.db,
  );
  if (rows[0]?.n !== keys.length) throw notFound(kind === 'visit' ? 'activity' : 'customer');
}

async function refuseConflicts({ db }: Context, id: string, cells: readonly CellChange[]): Promise<void> {
  const { rows } = await sql<{
    row: string;
    column: string;
    value: string;
    by: string | null;
  }>`select c.row_key as "row", c.column_name as "column", c.value, u.name as by from customer_form_cell c
    left join "user" u on u.id = c.by
    where c.form_id = ${id} and c.row_key = any(${cells.map(({ row }) => row)}::text[])`.execute(db);
  const conflicts = cells.flatMap(({ row, column, base, value }) => {
    const now = rows.find((cell) => cell.row === row && cell.column === column);
    const stands = now?.value ?? null;
    return stands === base || stands === value ? [] : [{ row, column, value: stands, by: now?.by ?? null }];
  });
  if (conflicts.length)
    throw problem('form_cell_conflict', {
      status: 409,
      params: { by: conflicts[0]?.by ?? '' },
      extra: { conflicts },
    });
}

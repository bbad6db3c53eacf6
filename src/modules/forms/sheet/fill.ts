import type { Context } from '../../../platform/context/context.ts';
import type { FormKind, Sheet } from '../form/form.shared.ts';
import { area } from './area.ts';
import { type Base, baseOf, type Reach, requireFields, seesFields } from './base.ts';
import { evaluation } from './evaluation.ts';
import { grade } from './grade.ts';
import type { Kind } from './kind.ts';
import type { Period } from './period.ts';
import { problemCustomers } from './problem.ts';
import { sales } from './sales.ts';
import { visit } from './visit.ts';

const KINDS: Record<FormKind, Kind> = { area, sales, grade, problem: problemCustomers, evaluation, visit };

export const kindOf = (kind: FormKind): Kind => KINDS[kind];

/** What to fill a form from, and what people have put into it. */
export interface Wish {
  kind: FormKind;
  period: Period;
  reach: Reach;
  action: Base['action'];
  /** Customers put in and left out by hand. */
  added?: readonly string[];
  left?: readonly string[];
  /** Judgements, by row and column. */
  filled?: Record<string, Record<string, string>>;
}

/** The base of a form, with the rights to it checked. */
export async function baseFor(ctx: Context, wish: Wish): Promise<Base> {
  for (const [entity, fields] of Object.entries(kindOf(wish.kind).needs)) {
    // What decides about lines is looked at only; what stands in them is taken out.
    const action = entity === 'promise' ? 'read' : wish.action;
    requireFields(ctx, entity, action, fields);
  }
  return baseOf(ctx, wish);
}

/** Fills a form from live data within the caller's rights, and enters what people judged. */
export async function fillSheet(ctx: Context, wish: Wish): Promise<Sheet> {
  const base = await baseFor(ctx, wish);
  const kind = kindOf(wish.kind);
  const columns = (await kind.columns(ctx)).filter(({ needs }) => !needs || seesFields(ctx, needs));
  const { needs = {}, ...lines } = await kind.read(base);
  const sheet: Sheet = {
    columns: columns.map((column) => ({
      ...column,
      ...(needs[column.name]?.length ? { needs: needs[column.name] ?? [] } : {}),
    })),
    ...lines,
  };
  for (const row of sheet.rows) Object.assign(row.cells, judged(columns, wish.filled?.[row.key]));
  kind.finish?.(ctx, sheet);
  return sheet;
}

/** Judgements for columns that are judged: a template may have changed since. */
const judged = (columns: Sheet['columns'], cells: Record<string, string> = {}) =>
  Object.fromEntries(
    columns.flatMap(({ name, edit }) => (edit && cells[name] !== undefined ? [[name, cells[name]]] : [])),
  );

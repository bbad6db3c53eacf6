import type { Context } from '../context/context.ts';
import type { Entity, Field } from '../entity/types.ts';
import type { Table } from '../tabular/table.ts';
import { detectDateOrder } from '../values/date.shared.ts';
import { detectDecimalSign } from '../values/number.shared.ts';
import { importableFields, type Proposal, sheetChild } from './headers.ts';
import type { ColumnMapping, ImportOptions, Question } from './types.ts';

/** Rows read to show samples, and to settle how a column is written before anyone has to ask. */
const SAMPLE_ROWS = 5;
const JUDGED_ROWS = 20_000;

/** What the beginning of a file tells: samples for each column, and how dates and numbers are written. */
export interface FileLook {
  samples: string[][];
  /** By column: the order of dates the values allow. */
  dateOrders: Map<number, ReturnType<typeof detectDateOrder>>;
  decimals: Map<number, ReturnType<typeof detectDecimalSign>>;
}

const isDate = (field: Field) => ['date', 'instant', 'birthday'].includes(field.kind);
const isNumber = (field: Field) => ['integer', 'decimal', 'money'].includes(field.kind);

/** The field a column is mapped to, also of the people who share the sheet. */
export function mappedField(ctx: Context, entity: Entity, name: string | null): Field | undefined {
  if (name === null) return undefined;
  const [child, field] = name.split('.');
  if (!field) return entity.fields[name];
  const sheet = sheetChild(ctx, entity);
  return sheet && child === sheet.child.name ? sheet.child.fields[field] : undefined;
}

/** Looks at the first rows of a file. Values of a column of dates decide its order together, so many are looked at. */
export async function lookAt(
  table: Table,
  ctx: Context,
  entity: Entity,
  mapping: readonly ColumnMapping[],
): Promise<FileLook> {
  const samples: string[][] = table.headers.map(() => []);
  const dates = new Map<number, string[]>();
  const numbers = new Map<number, string[]>();
  for (const { column, field: name } of mapping) {
    const field = mappedField(ctx, entity, name);
    if (field && isDate(field)) dates.set(column, []);
    if (field && isNumber(field)) numbers.set(column, []);
  }
  let read = 0;
  for await (const { cells } of table.rows()) {
    cells.forEach((cell, column) => {
      if (cell.kind === 'empty') return;
      const shown = samples[column];
      if (shown && shown.length < SAMPLE_ROWS) shown.push(cell.text.slice(0, 100));
      if (cell.kind === 'text') {
        dates.get(column)?.push(cell.text);
        numbers.get(column)?.push(cell.text);
      }
    });
    read += 1;
    if (read >= (dates.size || numbers.size ? JUDGED_ROWS : SAMPLE_ROWS)) break;
  }
  return {
    samples,
    dateOrders: new Map([...dates].map(([column, texts]) => [column, detectDateOrder(texts)])),
    decimals: new Map([...numbers].map(([column, texts]) => [column, detectDecimalSign(texts)])),
  };
}

/** The mapping with what the columns' own values settle: the order of dates, the decimal sign. */
export function settled(look: FileLook, mapping: readonly ColumnMapping[]): ColumnMapping[] {
  return mapping.map(({ column, header, field }) => {
    const order = look.dateOrders.get(column);
    const decimal = look.decimals.get(column);
    return {
      column,
      header,
      field,
      ...(order && order !== 'ambiguous' ? { dateOrder: order } : {}),
      ...(decimal && decimal !== 'ambiguous' ? { decimal } : {}),
    };
  });
}

/** What a person has to decide before the file can be read: nothing of it is guessed. */
export function questionsOf(
  ctx: Context,
  entity: Entity,
  mapping: readonly (ColumnMapping | Proposal)[],
  look: FileLook,
  options: ImportOptions,
): Question[] {
  const questions: Question[] = [];
  const mapped = new Set(mapping.map(({ field }) => field));
  const free = mapping.filter(({ field }) => field === null);
  if (options.mode === 'create') {
    for (const field of importableFields(ctx, entity)) {
      const needed = field.required && field.default === undefined && !mapped.has(field.name);
      if (!needed) continue;
      questions.push({
        column: null,
        code: 'which_column',
        choices: (free.length ? free : mapping).map(({ header }) => ({
          value: `${field.name}=${header}`,
          label: header,
        })),
        option: '--map',
      });
    }
  }
  for (const { column, header } of mapping) {
    if (look.dateOrders.get(column) === 'ambiguous' && !options.dateOrder) {
      questions.push({
        column: header,
        code: 'which_date_order',
        choices: [
          { value: 'mdy', label: '3/5/2024 → 2024-03-05' },
          { value: 'dmy', label: '3/5/2024 → 2024-05-03' },
          { value: 'ymd', label: '24/3/5 → 2024-03-05' },
        ],
        option: '--date-order',
      });
    }
    if (look.decimals.get(column) === 'ambiguous' && !options.decimal) {
      questions.push({
        column: header,
        code: 'which_decimal_sign',
        choices: [
          { value: 'point', label: '1,200.50' },
          { value: 'comma', label: '1.200,50' },
        ],
        option: '--decimal',
      });
    }
  }
  if (options.mode === 'upsert') {
    const keys = mapping.flatMap(({ field }) => (field && isKey(entity, field) ? [field] : []));
    if (!options.key) {
      questions.push({
        column: null,
        code: 'which_key',
        choices: keys.map((key) => ({
          value: key,
          label: entity.fields[key]?.label[ctx.principal.language] ?? key,
        })),
        option: '--key',
      });
    }
  }
  return questions;
}

/** Fields by which rows and records may be recognised as the same: those with an index to look them up. */
export function isKey(entity: Entity, name: string): boolean {
  if (name === 'id') return true;
  const field = entity.fields[name];
  return Boolean(
    field &&
      ['text', 'phone', 'email', 'integer'].includes(field.kind) &&
      (field.filterable || (entity.unique ?? []).some((names) => names.length === 1 && names[0] === name)),
  );
}

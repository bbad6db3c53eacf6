import type { Context } from '../context/context.ts';
import { entityNamed } from '../entity/registry.ts';
import type { Entity, Field } from '../entity/types.ts';
import { problem } from '../errors/problem.ts';
import type { TableRow } from '../tabular/table.ts';
import { splitList } from '../values/choice.ts';
import { tidyLine } from '../values/text.shared.ts';
import { type CellReader, cellReader, type ReadingOptions } from './cells.ts';
import { importableFields, sheetChild } from './headers.ts';
import type { ColumnMapping, ImportOptions, Reason } from './types.ts';

interface ColumnPlan {
  column: number;
  field: Field;
  /** Absent for relations: their texts are resolved for many rows at once. */
  read?: CellReader;
}

/** How the rows of a file become records. */
export interface ImportPlan {
  entity: Entity;
  options: ImportOptions;
  own: ColumnPlan[];
  /** The people who share the sheet, where a column names them. */
  people: { entity: Entity; root: Field; columns: ColumnPlan[] } | null;
  idColumn: number | null;
  numberColumn: number | null;
  /** Fields found by `createMissing`, of which missing targets are made. */
  creates: ReadonlySet<string>;
}

/** A row as read: values in wire form, relations still as texts. */
export interface ReadRow {
  line: number;
  cells: string[];
  values: Record<string, unknown>;
  names: Record<string, string[]>;
  person: { values: Record<string, unknown>; names: Record<string, string[]> } | null;
  id: string | null;
  number: string | null;
  problems: Reason[];
  warnings: Reason[];
}

/** Checks a mapping against what the caller may write and prepares the reading of cells. Throws `invalid`. */
export function planImport(
  ctx: Context,
  entityName: string,
  mapping: readonly ColumnMapping[],
  options: ImportOptions,
): ImportPlan {
  const entity = entityNamed(ctx.registry, entityName);
  const sheet = sheetChild(ctx, entity);
  const reading: ReadingOptions = {
    currency: options.currency ?? ctx.currency,
    timeZone: ctx.principal.timeZone,
  };
  const plan: ImportPlan = {
    entity,
    options,
    own: [],
    people: null,
    idColumn: null,
    numberColumn: null,
    creates: new Set(options.createMissing),
  };
  const columns: ColumnPlan[] = [];
  const own = new Map(importableFields(ctx, entity).map((field) => [field.name, field]));
  const childFields = new Map(
    sheet ? importableFields(ctx, sheet.child).map((field) => [field.name, field]) : [],
  );
  const seen = new Set<string>();
  for (const each of mapping) {
    const { column, field: name } = each;
    if (name === null) continue;
    const ways = {
      ...reading,
      dateOrder: options.dateOrder ?? each.dateOrder,
      decimal: options.decimal ?? each.decimal,
    };
    if (seen.has(name)) throw refused('mapped_twice', name);
    seen.add(name);
    if (name === 'id') plan.idColumn = column;
    else if (name === 'number' && entity.numberPrefix) plan.numberColumn = column;
    else if (sheet && name.startsWith(`${sheet.child.name}.`)) {
      const field = childFields.get(name.slice(sheet.child.name.length + 1));
      if (!field || field.name === sheet.root.name) throw refused('field_not_importable', name);
      columns.push(planColumn(column, field, ways));
    } else {
      const field = own.get(name);
      if (!field) throw refused('field_not_importable', name);
      plan.own.push(planColumn(column, field, ways));
    }
  }
  if (sheet && columns.length) plan.people = { entity: sheet.child, root: sheet.root, columns };
  return plan;
}

const refused = (code: string, field: string) =>
  problem('invalid', { errors: [{ path: 'mapping', code, params: { field } }] });

const planColumn = (column: number, field: Field, reading: ReadingOptions): ColumnPlan =>
  field.to ? { column, field } : { column, field, read: cellReader(field, reading) };

/** Reads one row of the file. Empty cells say nothing: they neither fill nor clear a field. */
export function readRow(plan: ImportPlan, { line, cells, problem: broken }: TableRow): ReadRow {
  const row: ReadRow = {
    line,
    cells: cells.map((cell) => cell.text),
    values: {},
    names: {},
    person: null,
    id: textAt(plan.idColumn),
    number: textAt(plan.numberColumn),
    problems: broken ? [{ path: '', code: broken.code, params: broken.params }] : [],
    warnings: [],
  };
  readColumns(plan.own, row.values, row.names, '');
  if (plan.people) {
    const person = { values: {}, names: {} };
    readColumns(plan.people.columns, person.values, person.names, `${plan.people.entity.name}.`);
    if (Object.keys(person.values).length || Object.keys(person.names).length) row.person = person;
  }
  return row;

  function textAt(column: number | null): string | null {
    return column === null ? null : tidyLine(cells[column]?.text ?? '') || null;
  }

  function readColumns(
    columns: readonly ColumnPlan[],
    values: Record<string, unknown>,
    names: Record<string, string[]>,
    prefix: string,
  ): void {
    for (const { column, field, read } of columns) {
      const cell = cells[column];
      if (!cell || cell.kind === 'empty') continue;
      const path = prefix + field.name;
      if (!read) {
        if (cell.kind === 'error') row.problems.push({ path, code: cell.code, params: { text: cell.text } });
        else {
          const texts =
            field.kind === 'references' ? splitList(cell.text) : [tidyLine(cell.text)].filter(Boolean);
          if (texts.length) names[field.name] = texts;
        }
        continue;
      }
      const result = read(cell);
      if ('problem' in result) row.problems.push({ path, ...result.problem });
      else {
        if (result.value !== null) values[field.name] = result.value;
        if (result.more?.length) addPhones(columns, values, result.more);
        for (const warning of result.warnings ?? []) row.warnings.push({ path, ...warning });
      }
    }
  }
}

/** Further numbers of one cell belong to the field for other phones, where the record type has one. */
function addPhones(columns: readonly ColumnPlan[], values: Record<string, unknown>, more: string[]): void {
  const known = (values.otherPhones as string[] | undefined) ?? [];
  if (columns.some(({ field }) => field.name === 'phone'))
    values.otherPhones = [...known, ...more].slice(0, 20);
}

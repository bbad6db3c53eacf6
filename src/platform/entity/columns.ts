import type { Convert } from '../rates/convert.ts';
import { sortKey } from '../text/sort-key.ts';
import type { MoneyValue } from './meta.shared.ts';
import type { Entity, Field } from './types.ts';

/** A column with its PostgreSQL type, as the store writes it and the drift check expects it. */
export interface Column {
  name: string;
  type: string;
  /** Whether the column may hold null. */
  nullable: boolean;
}

const TYPES: Record<Field['kind'], string> = {
  text: 'text',
  longText: 'text',
  phone: 'text',
  phones: 'text[]',
  email: 'text',
  url: 'text',
  integer: 'integer',
  decimal: 'numeric',
  money: 'numeric',
  date: 'date',
  instant: 'timestamptz',
  boolean: 'boolean',
  choice: 'text',
  multiChoice: 'text[]',
  reference: 'uuid',
  references: 'uuid[]',
  region: 'text',
  birthday: 'text',
  json: 'jsonb',
};

const isArray = (field: Pick<Field, 'kind'>) => TYPES[field.kind].endsWith('[]');

/** The columns of one field. A money field also keeps its value in the company's currency, with rate and rate date. */
export function fieldColumns(field: Field): Column[] {
  const main = { name: field.column, type: TYPES[field.kind], nullable: !isArray(field) };
  if (field.kind === 'money') {
    return [
      main,
      { name: `${field.column}_currency`, type: 'text', nullable: true },
      { name: `${field.column}_base`, type: 'numeric', nullable: true },
      { name: `${field.column}_rate`, type: 'numeric', nullable: true },
      { name: `${field.column}_rate_date`, type: 'date', nullable: true },
    ];
  }
  return field.sortColumn ? [main, { name: field.sortColumn, type: 'text', nullable: false }] : [main];
}

/** The column lists, filters and sorts compare by. */
export const comparedColumn = (field: Field) =>
  field.kind === 'money' ? `${field.column}_base` : field.column;

export const systemColumns: readonly Column[] = [
  { name: 'id', type: 'uuid', nullable: false },
  { name: 'version', type: 'integer', nullable: false },
  { name: 'deleted_at', type: 'timestamptz', nullable: true },
  { name: 'deleted_by', type: 'uuid', nullable: true },
];

/** Every column of a record's table. */
export function entityColumns(entity: Entity): Column[] {
  return [
    ...systemColumns,
    ...entity.fieldList.flatMap(fieldColumns),
    ...(entity.scope.kind === 'child' ? [{ name: 'root_owner_id', type: 'uuid', nullable: true }] : []),
  ];
}

const written = new WeakMap<Entity, Column[]>();

/** The columns a new record is written with: it is not in the bin. */
export function writtenColumns(entity: Entity): Column[] {
  let columns = written.get(entity);
  if (!columns) {
    columns = entityColumns(entity).filter(({ name }) => name !== 'deleted_at' && name !== 'deleted_by');
    written.set(entity, columns);
  }
  return columns;
}

const typesOf = new WeakMap<Entity, Map<string, string>>();

/** The PostgreSQL type of every column a record type stores. */
export function columnTypes(entity: Entity): Map<string, string> {
  let types = typesOf.get(entity);
  if (!types) {
    types = new Map(writtenColumns(entity).map(({ name, type }) => [name, type]));
    typesOf.set(entity, types);
  }
  return types;
}

/** The table that holds what is derived of a record type's records. */
export const factTable = (entity: Entity) => `${entity.table}_fact`;

/** Every column of that table. */
export function factColumns(entity: Entity): Column[] {
  return [{ name: 'id', type: 'uuid', nullable: false }, ...entity.factList.flatMap(fieldColumns)];
}

/** A wire value as the values of the field's columns. */
export function toColumns(field: Field, value: unknown, convert: Convert): Record<string, unknown> {
  if (field.kind === 'money') {
    const money = value as MoneyValue | null;
    const rate = money && convert(money.currency);
    return {
      [field.column]: money?.amount ?? null,
      [`${field.column}_currency`]: money?.currency ?? null,
      [`${field.column}_base`]: rate ? rate.of(money.amount) : null,
      [`${field.column}_rate`]: rate?.rate ?? null,
      [`${field.column}_rate_date`]: rate?.day ?? null,
    };
  }
  const stored = value ?? (isArray(field) ? [] : null);
  if (field.sortColumn) {
    const key = sortKey((stored as string | null) ?? '', { person: field.personName ?? false });
    return { [field.column]: stored, [field.sortColumn]: key };
  }
  return { [field.column]: stored };
}

/** The wire value (references as bare ids) that a row's columns hold. */
export function fromColumns(field: Field, row: Record<string, unknown>): unknown {
  const value = row[field.column] ?? null;
  if (field.kind === 'money') {
    return value === null ? null : { amount: value, currency: row[`${field.column}_currency`] };
  }
  return value;
}

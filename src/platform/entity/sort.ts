import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { EntityPolicy } from '../access/policy.ts';
import type { Condition } from '../access/where.ts';
import { problem } from '../errors/problem.ts';
import { comparedColumn } from './columns.ts';

export interface SortKey {
  column: string;
  descending: boolean;
  nullable: boolean;
  /** PostgreSQL type a cursor's text is cast to. */
  type: string;
  /** Its index is still being built. */
  unindexed?: boolean;
  /** The column stands in the table of facts. */
  fact?: boolean;
  /** It is personal data. */
  sensitive?: boolean;
}

const MAX_KEYS = 4;

/** Reads `-updatedAt,name`. The id is always the last key, so that the order is total. */
export function parseSort(text: string | undefined, policy: EntityPolicy): SortKey[] {
  const { entity } = policy;
  const names = (text || usualSort(policy)).split(',').map((part) => part.trim());
  if (names.length > MAX_KEYS) throw badSort('too_large', names.join(','));
  const keys = names.map((part): SortKey => {
    const descending = part.startsWith('-');
    const name = descending ? part.slice(1) : part;
    if (name === 'id') return { column: 'id', descending, nullable: false, type: 'uuid' };
    const field = entity.fields[name];
    if (!field || policy.right(name) === 'hidden') throw badSort('unknown_field', name);
    if (!policy.sees(name))
      throw problem('field_not_filterable', {
        status: 403,
        errors: [{ path: 'sort', code: 'field_not_filterable' }],
      });
    if (!field.sortable || field.preparing?.includes('sort')) throw badSort('not_sortable', name);
    const unindexed = {
      ...(field.preparing ? { unindexed: true } : {}),
      ...(field.fact ? { fact: true } : {}),
      ...(field.sensitive ? { sensitive: true } : {}),
    };
    if (field.sortColumn)
      return { column: field.sortColumn, descending, nullable: false, type: 'text', ...unindexed };
    const system = name === 'createdAt' || name === 'updatedAt';
    return {
      column: comparedColumn(field),
      descending,
      nullable: !system,
      type: SORT_TYPES[field.kind] ?? 'text',
      ...unindexed,
    };
  });
  if (!keys.some((key) => key.column === 'id')) {
    keys.push({ column: 'id', descending: keys[0]?.descending ?? false, nullable: false, type: 'uuid' });
  }
  return keys;
}

/** The declared order of a list, or the next best where the caller does not see what it goes by. */
export function usualSort(policy: EntityPolicy): string {
  const { sort } = policy.entity.list;
  const seen = sort.split(',').every((name) => policy.sees(name.replace('-', '')));
  return seen ? sort : policy.sees('createdAt') ? '-createdAt' : '-id';
}

const SORT_TYPES: Record<string, string> = {
  instant: 'timestamptz',
  date: 'date',
  integer: 'integer',
  decimal: 'numeric',
  money: 'numeric',
  boolean: 'boolean',
};

const badSort = (code: string, field: string) =>
  problem('bad_sort', {
    status: 400,
    errors: [{ path: 'sort', code, params: { field: field.slice(0, 100) } }],
  });

export type CursorValues = (string | null)[];

/** Opaque to callers; bound to the sort it was made for. */
export function encodeCursor(keys: SortKey[], row: Record<string, unknown>): string {
  const values = keys.map((key) => (row[key.column] === null ? null : String(row[key.column])));
  return Buffer.from(JSON.stringify([signature(keys), ...values])).toString('base64url');
}

export function decodeCursor(keys: SortKey[], cursor: string): CursorValues {
  const bad = () => problem('bad_cursor', { status: 400, errors: [{ path: 'cursor', code: 'bad_cursor' }] });
  if (cursor.length > 2000) throw bad();
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw bad();
  }
  if (!Array.isArray(parsed) || parsed.length !== keys.length + 1 || parsed[0] !== signature(keys))
    throw bad();
  const values = parsed.slice(1);
  const fits = values.every((value, index) => {
    const key = keys[index] as SortKey;
    return value === null
      ? key.nullable
      : typeof value === 'string' && CURSOR_FORMS[key.type]?.test(value) !== false;
  });
  if (!fits) throw bad();
  return values as CursorValues;
}

/** What a cursor's value may look like, so that a forged one is refused and not sent to the database. */
const CURSOR_FORMS: Record<string, RegExp> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  timestamptz: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  integer: /^-?\d{1,10}$/,
  numeric: /^-?\d{1,30}(\.\d{1,20})?$/,
  boolean: /^(true|false)$/,
};

const signature = (keys: SortKey[]) =>
  keys.map((key) => `${key.descending ? '-' : ''}${key.column}`).join(',');

/** A key's column among the rows a page is read from. */
export const keyRef = (key: SortKey, prefix = 't.') =>
  sql.ref(`${prefix === 't.' && key.fact ? 'f.' : prefix}${key.column}`);
const ref = (key: SortKey) => keyRef(key);
const bound = (key: SortKey, value: string) => sql`${value}::${sql.raw(key.type)}`;

/**
 * ORDER BY with empty values last in either direction. Within one of `rangesAfter` the first key is either filled or empty
 * throughout; said without NULLS LAST it is read from its index backwards as well (11 against 760 ms at a million rows).
 */
export function orderBy(keys: SortKey[], prefix = 't.', inRange = false): RawBuilder<unknown> {
  return sql.join(
    keys.map((key, index) => {
      const last = key.nullable && !(inRange && index === 0) ? ' nulls last' : '';
      const direction = `${key.descending ? 'desc' : 'asc'}${last}`;
      return sql`${keyRef(key, prefix)} ${sql.raw(direction)}`;
    }),
  );
}

/**
 * The rows after a cursor as ranges that follow each other, each answered from an index: a row comparison where all keys
 * run one way and are never empty, else one range per key prefix. Never an OR (measured: 0.5 against 750 ms).
 * Without a cursor: everything, split into filled and empty where the first key may be empty.
 */
export function rangesAfter(keys: SortKey[], cursor: CursorValues | null): (Condition | null)[] {
  const first = keys[0] as SortKey;
  if (!cursor) return first.nullable ? [notNull(first), isNull(first)] : [null];
  if (keys.every((key) => !key.nullable && key.descending === first.descending)) {
    const left = sql.join(keys.map(ref));
    const right = sql.join(keys.map((key, index) => bound(key, cursor[index] as string)));
    return [sql<SqlBool>`(${left}) ${sql.raw(first.descending ? '<' : '>')} (${right})`];
  }
  const ranges: Condition[] = [];
  for (let last = keys.length - 1; last >= 0; last--) {
    const key = keys[last] as SortKey;
    const value = cursor[last] ?? null;
    if (value === null) continue;
    const prefix = keys.slice(0, last).map((each, index) => {
      const equal = cursor[index] ?? null;
      return equal === null ? isNull(each) : sql<SqlBool>`${ref(each)} = ${bound(each, equal)}`;
    });
    const beyond = sql<SqlBool>`${ref(key)} ${sql.raw(key.descending ? '<' : '>')} ${bound(key, value)}`;
    ranges.push(allOf([...prefix, beyond]));
    if (key.nullable) ranges.push(allOf([...prefix, isNull(key)]));
  }
  return ranges;
}

const isNull = (key: SortKey) => sql<SqlBool>`${ref(key)} is null`;
const notNull = (key: SortKey) => sql<SqlBool>`${ref(key)} is not null`;

/** Conditions joined by AND; none is `true`. */
export function allOf(conditions: Condition[]): Condition {
  return conditions.length ? sql<SqlBool>`${sql.join(conditions, sql` and `)}` : sql<SqlBool>`true`;
}

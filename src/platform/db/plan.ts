import { entityColumns, factColumns, factTable } from '../entity/columns.ts';
import { uniqueIndexName } from '../entity/records.ts';
import type { Entity, Field } from '../entity/types.ts';

/**
 * The indexes a declaration asks for, as DDL by name. What may be filtered or sorted has an index path; a custom field that
 * is still being prepared gets its indexes from that step.
 */
export function plannedIndexes(entity: Entity): Map<string, string> {
  const indexes = new Map<string, string>();
  const add = (
    columns: readonly string[],
    options: { unique?: string; method?: string; where?: string } = {},
  ) => {
    const name =
      options.unique ??
      `${entity.table}_${columns.map((column) => column.replace(/ desc$/, '')).join('_')}_idx`;
    const where = options.where ?? 'deleted_at is null';
    const list = columns.map((column) => column.replace(/^(\w+)/, '"$1"')).join(', ');
    indexes.set(
      name,
      `create ${options.unique ? 'unique ' : ''}index "${name}" on "${entity.table}" ${options.method ?? ''}(${list}) where ${where}`,
    );
  };
  // A unique index serves filtering and sorting by its one field as well.
  const unique = new Set((entity.unique ?? []).filter((names) => names.length === 1).flat());
  if (entity.numberPrefix) unique.add('number');
  const waiting = (name: string) => entity.fields[name]?.preparing?.includes('index') ?? false;
  for (const field of entity.fieldList) {
    if (waiting(field.name)) continue;
    if (unique.has(field.name)) {
      if (field.sortable && field.sortColumn) add([field.sortColumn, 'id']);
      continue;
    }
    if (field.sortable) add([field.sortColumn ?? sorted(field), 'id']);
    if (field.filterable && (!field.sortable || field.sortColumn)) addFilter(field, add);
  }
  for (const names of entity.unique ?? []) {
    if (names.some(waiting)) continue;
    add(
      names.map((name) => entity.fields[name]?.column ?? name),
      { unique: uniqueIndexName(entity, names) },
    );
  }
  if (entity.numberPrefix) add(['number'], { unique: uniqueIndexName(entity, ['number']) });
  if (entity.scope.kind !== 'open') {
    const order = orderColumn(entity);
    add(['owner_id', order]);
    add(['department_id', order]);
    if (entity.scope.kind === 'child') add(['root_owner_id', order]);
  }
  if (entity.partOf) add([entity.fields[entity.partOf.field]?.column as string, 'position']);
  for (const names of entity.indexes ?? []) add(names.map((name) => columnIn(entity, name)));
  add(['deleted_at'], { where: 'deleted_at is not null' });
  return indexes;
}

const sorted = (field: Field) => (field.kind === 'money' ? `${field.column}_base` : field.column);

function addFilter(
  field: Field,
  add: (columns: string[], options?: { method?: string; where?: string }) => void,
): void {
  if (
    field.kind === 'boolean' ||
    (field.kind === 'choice' && !field.open && field.options.length <= 3) ||
    field.name === 'owner' ||
    field.name === 'department'
  )
    return;
  if (field.kind === 'references' || field.kind === 'multiChoice' || field.kind === 'phones') {
    add([field.column], { method: 'using gin ' });
  } else {
    add([field.column], { where: `deleted_at is null and "${field.column}" is not null` });
  }
}

const orderColumn = (entity: Entity) => columnIn(entity, entity.list.sort.split(',')[0] as string);

function columnIn(entity: Entity, name: string): string {
  const field = entity.fields[name.replace(/^-/, '')];
  return field?.sortColumn ?? field?.column ?? name.replace(/^-/, '');
}

const DEFAULTS: Record<string, string> = {
  id: ' primary key default uuidv7()',
  version: ' not null default 1',
  created_at: ' not null default now()',
  updated_at: ' not null default now()',
};

/** A column as DDL. */
export function columnDdl({
  name,
  type,
  nullable,
}: {
  name: string;
  type: string;
  nullable: boolean;
}): string {
  if (name in DEFAULTS) return `"${name}" ${type}${DEFAULTS[name]}`;
  if (type.endsWith('[]')) return `"${name}" ${type} not null default '{}'`;
  if (!nullable) return `"${name}" ${type} collate "C" not null default ''`;
  return `"${name}" ${type}`;
}

/** The indexes of a record type's table of facts. */
export function plannedFactIndexes(entity: Entity): Map<string, string> {
  const table = factTable(entity);
  return new Map(
    entity.factList
      .filter((field) => field.filterable || field.sortable)
      .map((field) => {
        const column = sorted(field);
        const many = field.kind === 'references' || field.kind === 'multiChoice';
        const name = `${table}_${column}_idx`;
        // Most have an empty list; an entry for each would be written with every other fact.
        const what = many
          ? `using gin ("${column}") where "${column}" <> '{}'`
          : `("${column}", "id") where "${column}" is not null`;
        return [name, `create index "${name}" on "${table}" ${what}`];
      }),
  );
}

/** The statements that make a record type's table of facts. It goes with its records. */
export function factTableDdl(entity: Entity): string[] {
  const [, ...columns] = factColumns(entity).map(columnDdl);
  return [
    `create table "${factTable(entity)}" (\n  ${[
      `"id" uuid primary key references "${entity.table}" on delete cascade`,
      ...columns,
    ].join(',\n  ')}\n) with (fillfactor = 80)`,
    ...plannedFactIndexes(entity).values(),
  ];
}

/** The statements that make a record's table as declared. */
export function tableDdl(entity: Entity): string[] {
  const columns = entityColumns(entity).map(columnDdl);
  return [
    ...(entity.numberPrefix ? [`create sequence "${entity.table}_number_seq"`] : []),
    `create table "${entity.table}" (\n  ${columns.join(',\n  ')}\n)`,
    ...plannedIndexes(entity).values(),
  ];
}

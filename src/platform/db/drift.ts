import { sql } from 'kysely';
import type { Db } from '../context/context.ts';
import { type Column, entityColumns, factColumns, factTable } from '../entity/columns.ts';
import type { Registry } from '../entity/registry.ts';
import { columnDdl, factTableDdl, plannedFactIndexes, plannedIndexes, tableDdl } from './plan.ts';

/**
 * Where the tables differ from the declarations: the statements that would mend it, for review into a migration.
 * Empty when all is well; `doctor` and a test ask.
 */
export async function schemaDrift(db: Db, registry: Registry): Promise<string[]> {
  const { rows: columns } = await sql<{ t: string; c: string; type: string }>`
    select c.relname as t, a.attname as c, format_type(a.atttypid, a.atttypmod) as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`.execute(
    db,
  );
  const { rows: indexes } = await sql<{ name: string; valid: boolean }>`
    select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace`.execute(db);
  const tables = new Map<string, Map<string, string>>();
  for (const { t, c, type } of columns) tables.set(t, (tables.get(t) ?? new Map()).set(c, type));
  const valid = new Set(indexes.filter((index) => index.valid).map((index) => index.name));
  const differences = (
    name: string,
    columns: readonly Column[],
    planned: ReadonlyMap<string, string>,
    whole: () => string[],
  ): string[] => {
    const table = tables.get(name);
    if (!table) return whole();
    const missing = columns.flatMap((column) => {
      const type = table.get(column.name);
      if (!type) return [`alter table "${name}" add column ${columnDdl(column)}`];
      return TYPE_NAMES[column.type] === type || column.type === type
        ? []
        : [`alter table "${name}" alter column "${column.name}" type ${column.type}`];
    });
    const lacking = [...planned].filter(([index]) => !valid.has(index)).map(([, ddl]) => ddl);
    return [...missing, ...lacking];
  };
  return registry.entities.flatMap((entity) => [
    ...differences(entity.table, entityColumns(entity), plannedIndexes(entity), () => tableDdl(entity)),
    ...(entity.factList.length
      ? differences(factTable(entity), factColumns(entity), plannedFactIndexes(entity), () =>
          factTableDdl(entity),
        )
      : []),
  ]);
}

/** PostgreSQL's long names of the types we write short. */
const TYPE_NAMES: Record<string, string> = { timestamptz: 'timestamp with time zone' };

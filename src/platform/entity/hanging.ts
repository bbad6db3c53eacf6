import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { hangsBy } from './registry.ts';

/** Of a table those records that hang on any of these. */
export const hangsOn = (
  { field, unless }: NonNullable<ReturnType<typeof hangsBy>>,
  ids: readonly unknown[],
): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.ref(field.column)} = any(${ids}::uuid[])
    ${unless ? sql`and ${sql.ref(unless.column)} is null` : sql``})`;

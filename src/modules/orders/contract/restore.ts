import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import type { WireRecord } from '../../../platform/entity/meta.shared.ts';
import { partFields } from '../../../platform/entity/parts/fields.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { AGREED } from '../agreed.ts';

type Values = Record<string, unknown>;

/** A reference as it is written. */
const written = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && 'id' in value ? value.id : value;

/** What was agreed in a version, as a change of the contract: rows there still are stay the same rows. */
export async function agreedBody(ctx: Context, row: Row, version: WireRecord): Promise<Values> {
  const { parts } = entityNamed(ctx.registry, 'contract');
  const body: Values = Object.fromEntries(
    AGREED.filter((name) => name in version && name !== 'customer').map((name) => [
      name,
      written(version[name]),
    ]),
  );
  for (const part of parts) {
    const { rows } = await sql<{ id: string }>`select id from ${sql.table(part.entity.table)}
      where ${sql.ref(part.head.column)} = ${row.id} and deleted_at is null`.execute(ctx.db);
    const there = new Set(rows.map(({ id }) => id));
    const names = partFields(part).map(({ name }) => name);
    body[part.name] = ((version[part.name] ?? []) as WireRecord[]).map((each) => ({
      ...(there.has(each.id) ? { id: each.id } : {}),
      ...Object.fromEntries(names.filter((name) => name in each).map((name) => [name, written(each[name])])),
    }));
  }
  return body;
}

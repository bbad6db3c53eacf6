import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import type { Entity, Field } from '../../../platform/entity/types.ts';
import { problem } from '../../../platform/errors/problem.ts';

/** What belongs to a product itself, and says nothing once it is gone. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  productUnit: ['product'],
  priceBookEntry: ['product'],
  bundlePart: ['bundle'],
};

interface Use {
  entity: Entity;
  field: Field;
}

/** Every declared reference to products, of all modules and of the administrator's record types. */
const uses = (ctx: Context): Use[] =>
  ctx.registry.entities.flatMap((entity) =>
    entity.fieldList
      .filter((field) => field.to === 'product' && !OWN[entity.name]?.includes(field.name))
      .map((field) => ({ entity, field })),
  );

const has = ({ field }: Pick<Use, 'field'>, ids: readonly string[]) =>
  field.kind === 'references'
    ? sql`t.${sql.ref(field.column)} && ${ids}::uuid[]`
    : sql`t.${sql.ref(field.column)} = any(${ids}::uuid[])`;

/** Refuses to delete products that records name, and says which kind of record: they are retired instead. */
export async function refuseUsed(ctx: Context, rows: Row[]): Promise<void> {
  const ids = rows.map(({ id }) => id as string);
  const found = uses(ctx);
  if (found.length === 0) return;
  const { rows: used } = await sql<{ place: number; id: string }>`${sql.join(
    found.map(
      ({ entity, field }, place) => sql`(select ${place}::int as place, p.id from unnest(${ids}::uuid[]) p(id)
        where exists (select from ${sql.table(entity.table)} t where t.deleted_at is null and ${has({ field }, ids)}
          and ${field.kind === 'references' ? sql`p.id = any(t.${sql.ref(field.column)})` : sql`t.${sql.ref(field.column)} = p.id`}
          and not (${entity.name === 'product'} and t.id = any(${ids}::uuid[]))) limit 5)`,
    ),
    sql` union all `,
  )}`.execute(ctx.db);
  if (used.length === 0) return;
  const { language } = ctx.principal;
  const names = rows.filter(({ id }) => used.some((use) => use.id === id)).map(({ name }) => String(name));
  const kinds = new Set(used.map(({ place }) => (found[place] as Use).entity.label[language]));
  throw problem('product_in_use', {
    status: 409,
    params: { names: names.slice(0, 5).join('、'), where: [...kinds].join('、') },
  });
}

/** Of these products, those for which something counts in their base unit: it cannot become another. */
export async function countedIn(ctx: Context, ids: readonly string[]): Promise<Set<string>> {
  const found = ctx.registry.entities.flatMap((entity) =>
    entity.fieldList
      .filter((field) => field.to === 'product' && field.kind === 'reference' && 'unit' in entity.fields)
      .filter(() => entity.name !== 'product')
      .map((field) => ({ entity, field })),
  );
  if (ids.length === 0 || found.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`${sql.join(
    found.map(
      ({ entity, field }) => sql`select t.${sql.ref(field.column)} as id from ${sql.table(entity.table)} t
        where t.deleted_at is null and ${has({ field }, ids)}`,
    ),
    sql` union `,
  )}`.execute(ctx.db);
  return new Set(rows.map(({ id }) => id));
}

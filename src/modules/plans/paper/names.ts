import { type SqlBool, sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Link } from '../../../platform/entity/meta.shared.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import type { SheetRow } from '../../../platform/tabular/sheet.ts';
import type { PlanColumn } from './columns.ts';

/** Records of exactly a name (or a product's code) that the caller may read. */
export type LinksNamed = (field: 'product' | 'category' | 'partner', text: string) => Link[];

const LOOKED_UP = {
  product: { entity: 'product', by: ['name', 'code'] },
  category: { entity: 'productCategory', by: ['name'] },
  partner: { entity: 'partner', by: ['name'] },
} as const;

/** Looks up what rows name, one query per record type. */
export async function linksNamed(ctx: Context, rows: readonly SheetRow<PlanColumn>[]): Promise<LinksNamed> {
  const known = new Map<string, Link[]>();
  for (const [field, { entity: name, by }] of Object.entries(LOOKED_UP)) {
    const texts = [...new Set(rows.flatMap(({ cells }) => cells[field as keyof typeof LOOKED_UP] ?? []))];
    const policy = ctx.policies.for(name);
    const columns = by.filter((each) => policy.sees(each));
    if (texts.length === 0 || columns.length === 0 || !policy.can('read')) continue;
    const entity = entityNamed(ctx.registry, name);
    const scope = scopeCondition(entity, policy.scope('read'), ctx.principal);
    const finds = columns.map((each) => sql<SqlBool>`t.${sql.ref(each)} = any(${texts}::text[])`);
    const { rows: found } = await sql<{
      id: string;
      title: string;
      by: (string | null)[];
    }>`select t.id, t.name as title,
        array[${sql.join(columns.map((each) => sql`t.${sql.ref(each)}`))}]::text[] as by
      from ${sql.table(entity.table)} t where t.deleted_at is null and (${sql.join(finds, sql` or `)}) and ${scope}
      order by t.id limit 5000`.execute(ctx.db);
    for (const { id, title, by: texts } of found)
      for (const text of new Set(texts)) {
        if (text === null) continue;
        const key = `${field}/${text}`;
        known.set(key, [...(known.get(key) ?? []), { id, title }]);
      }
  }
  return (field, text) => known.get(`${field}/${text}`) ?? [];
}

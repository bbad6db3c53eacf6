import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { compileFilter } from '../../../platform/entity/filter.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { readMany } from '../../../platform/entity/titles.ts';
import type { OpenWork } from '../../../platform/ownership/rules.ts';

const MOST = 500;

/** What a receiver needs to know of each customer he got: last contact, what is open, grade, remarks — within his own rights. */
export async function briefing(ctx: Context, id: string) {
  const { rows } = await sql<{ id: string }>`select record_id as id from handover_item
    where handover_id = ${id} and entity = 'customer' and to_owner = ${ctx.principal.userId}
    order by record_id limit ${MOST}`.execute(ctx.db);
  const ids = rows.map((row) => row.id);
  const customers = await readMany(ctx, 'customer', ids);
  const open = new Map<string, Record<string, number>>();
  for (const work of ctx.ownership.openWork.filter(
    (each) => each.follows && ctx.registry.byName.has(each.entity),
  ))
    for (const [customer, n] of await openCounts(ctx, work, ids))
      open.set(customer, { ...open.get(customer), [work.entity]: n });
  const items = ids.flatMap((each) => {
    const customer = customers.get(each);
    return customer ? [{ customer, open: open.get(each) ?? {} }] : [];
  });
  // What waits to be done first, then whom one spoke with last.
  const work = (item: (typeof items)[number]) => Object.values(item.open).reduce((all, n) => all + n, 0);
  const contact = (item: (typeof items)[number]) => String(item.customer.lastContactAt ?? '');
  return {
    items: items.toSorted((a, b) => work(b) - work(a) || (contact(a) < contact(b) ? 1 : -1)),
  };
}

async function openCounts(ctx: Context, work: OpenWork, ids: readonly string[]): Promise<[string, number][]> {
  const policy = ctx.policies.for(work.entity);
  const entity = entityNamed(ctx.registry, work.entity);
  const follows = entity.fields[work.follows ?? ''];
  if (!policy.can('read') || !follows) return [];
  const filter = await compileFilter(work.open, { ctx, policy });
  const { rows } = await sql<{
    id: string;
    n: number;
  }>`select t.${sql.ref(follows.column)} as id, count(*)::int as n
    from ${sql.table(entity.table)} t where t.${sql.ref(follows.column)} = any(${[...ids]}::uuid[])
      and t.deleted_at is null and ${filter.condition ?? sql`true`}
      and ${scopeCondition(entity, policy.scope('read'), ctx.principal)} group by 1`.execute(ctx.db);
  return rows.map(({ id, n }) => [id, n]);
}

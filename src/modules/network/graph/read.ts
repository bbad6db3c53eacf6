import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { listRecords } from '../../../platform/entity/list.ts';
import type { Filter, WireRecord } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { readMany } from '../../../platform/entity/titles.ts';
import { type RelationGraph, type Suggestion, strengthOf } from './graph.shared.ts';

/** More people than this are not drawn; the list of people has them all. */
const MOST = 200;

/**
 * Who is who at a customer, what binds them, and who of us knows them — within the reader's rights: a person out of his
 * sight is a nameless end of a line.
 */
export async function relationsOf(ctx: Context, asked: string): Promise<RelationGraph> {
  const { id: customerId } = await readRecord(ctx, 'customer', asked);
  const ofCustomer = { field: 'customer', op: 'eq', value: customerId } as const;
  const [people, acquaintances, suggestions] = await Promise.all([
    list(ctx, 'contact', ofCustomer, 'name'),
    list(ctx, 'acquaintance', ofCustomer),
    suggestionsFor(ctx, customerId),
  ]);
  const ids = people.map(({ id }) => id);
  const ties = ids.length
    ? await list(ctx, 'tie', {
        or: ['from', 'to'].map((field) => ({ field, op: 'in' as const, value: ids })),
      })
    : [];
  const away = ties.flatMap(({ from, to }) => [from, to].map((end) => (end as { id: string }).id));
  const others = await readMany(
    ctx,
    'contact',
    [...new Set(away)].filter((id) => !ids.includes(id)),
  );
  return { people, others: [...others.values()], ties, acquaintances, suggestions };
}

async function list(ctx: Context, entity: string, filter: Filter, sort?: string): Promise<WireRecord[]> {
  if (!ctx.policies.for(entity).can('read')) return [];
  return (await listRecords(ctx, entity, { filter, limit: MOST, ...(sort ? { sort } : {}) })).items;
}

/** Who talked with whom in the last year, where nobody has yet said how well they know each other. */
async function suggestionsFor(ctx: Context, customerId: string): Promise<Suggestion[]> {
  const policy = ctx.policies.for('activity');
  if (!policy.can('read')) return [];
  const scope = scopeCondition(entityNamed(ctx.registry, 'activity'), policy.scope('read'), ctx.principal);
  const { rows } = await sql<{ contact: string; user: string; name: string; times: number }>`
    select p.id as contact, u.id as user, u.name, count(*)::int as times
    from activity t cross join lateral unnest(t.contact_ids) as p(id) join "user" u on u.id = t.owner_id
    where t.customer_id = ${customerId} and t.deleted_at is null and t.kind <> 'note'
      and t.occurred_at > ${ctx.now}::timestamptz - interval '1 year' and u.status = 'active' and ${scope}
      and not exists (select from acquaintance q where q.contact_id = p.id and q.user_id = u.id and q.deleted_at is null)
    group by 1, 2, 3 order by times desc, 1, 2 limit ${MOST}`.execute(ctx.db);
  return rows.map(({ contact, user, name, times }) => ({
    contact,
    user: { id: user, title: name },
    times,
    strength: strengthOf(times),
  }));
}

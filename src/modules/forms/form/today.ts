import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import {
  TODAY_RANK,
  type TodayItem,
  type TodaySource,
  type TodayView,
} from '../../../platform/today/today.ts';
import { wordOf } from '../sheet/base.ts';

/** Forms that wait for one's review, the longest first: opened with one click, signed or sent back with the next. */
export const formsToday: TodaySource = { name: 'form', items: itemsOf };

interface Waiting {
  id: string;
  name: string | null;
  filler: string | null;
}

async function itemsOf(ctx: Context, { people, limit }: TodayView): Promise<TodayItem[]> {
  const me = ctx.principal.userId;
  const policy = ctx.policies.for('customerForm');
  // Of what others review a manager sees the state, on the page of forms.
  if (people.length !== 1 || people[0] !== me || !policy.can('read')) return [];
  const told = (field: string, column: string) => (policy.sees(field) ? sql.ref(column) : sql`null`);
  const { rows } =
    await sql<Waiting>`select t.id, ${told('name', 't.name')} as name, ${told('filledBy', 't.filled_by_id')} as filler
    from customer_form t where t.reviewer_id = ${me} and t.status = 'review' and t.deleted_at is null
      and ${me} is distinct from t.owner_id and ${me} is distinct from t.prepared_by_id and ${me} is distinct from t.filled_by_id
      and ${scopeCondition(policy.entity, policy.scope('read'), ctx.principal)}
    order by t.filled_at, t.id limit ${limit}`.execute(ctx.db);
  if (rows.length === 0) return [];
  const fillers = new Set(rows.flatMap(({ filler }) => filler ?? []));
  const names = await titlesOf(ctx, new Map([['user', fillers]]));
  const label = wordOf(ctx, 'forms.today.kind');
  return rows.map(({ id, name, filler }): TodayItem => {
    const from = names.get(filler ?? '');
    return {
      key: `form:${id}`,
      kind: 'form',
      label,
      color: 'dai',
      rank: TODAY_RANK.decide,
      at: null,
      date: null,
      title: name ?? label,
      strong: name,
      why: wordOf(ctx, from ? 'forms.today.from' : 'forms.today.why', { name: from ?? '' }),
      record: { entity: 'customerForm', id },
      owner: null,
      customer: null,
      action: { label: wordOf(ctx, 'forms.today.review'), open: `/forms/${id}` },
    };
  });
}

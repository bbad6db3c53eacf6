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

/** Forms that wait for one's review, or for what one is to fill in, the longest first: opened with one click, signed with the next. */
export const formsToday: TodaySource = { name: 'form', items: itemsOf };

interface Waiting {
  id: string;
  name: string | null;
  status: 'filling' | 'review';
  /** Who handed it on: its maker to be filled in, who filled it in to be reviewed. */
  from: string | null;
}

async function itemsOf(ctx: Context, { people, limit }: TodayView): Promise<TodayItem[]> {
  const me = ctx.principal.userId;
  const policy = ctx.policies.for('customerForm');
  // Of what others review a manager sees the state, on the page of forms.
  if (people.length !== 1 || people[0] !== me || !policy.can('read')) return [];
  const told = (field: string, column: string) => (policy.sees(field) ? sql.ref(column) : sql`null`);
  const { rows } = await sql<Waiting>`select t.id, t.status, ${told('name', 't.name')} as name, case t.status
        when 'review' then ${told('filledBy', 't.filled_by_id')} else ${told('preparedBy', 't.prepared_by_id')} end as "from"
    from customer_form t where t.deleted_at is null and (t.filler_id = ${me} and t.status = 'filling'
        or t.reviewer_id = ${me} and t.status = 'review' and ${me} is distinct from t.owner_id
          and ${me} is distinct from t.prepared_by_id and ${me} is distinct from t.filled_by_id)
      and ${scopeCondition(policy.entity, policy.scope('read'), ctx.principal)}
    order by coalesce(t.filled_at, t.prepared_at), t.id limit ${limit}`.execute(ctx.db);
  if (rows.length === 0) return [];
  const givers = new Set(rows.flatMap(({ from }) => from ?? []));
  const names = await titlesOf(ctx, new Map([['user', givers]]));
  return rows.map(({ id, name, status, from: giver }): TodayItem => {
    const from = names.get(giver ?? '');
    const say = (what: string) => wordOf(ctx, `forms.today.${status}.${what}`, { name: from ?? '' });
    const label = say('kind');
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
      why: say(from ? 'from' : 'why'),
      record: { entity: 'customerForm', id },
      owner: null,
      customer: null,
      action: { label: say('open'), open: `/forms/${id}` },
    };
  });
}

import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { TODAY_RANK, type TodayItem, type TodaySource } from '../../../platform/today/today.ts';

interface Line {
  id: string;
  owner: string;
  name: string;
  due: string;
  customer: string;
}

/** What is with customers and due, or past its day. */
export const trialsToday: TodaySource = {
  name: 'trials',
  async items(ctx, view) {
    const policy = ctx.policies.for('trial');
    if (!policy.can('read') || !['name', 'status', 'dueOn', 'customer'].every(policy.sees)) return [];
    const scope = scopeCondition(entityNamed(ctx.registry, 'trial'), policy.scope('read'), ctx.principal);
    const { rows } = await sql<Line>`select l.* from unnest(${[...view.people]}::uuid[]) as p(id)
      cross join lateral (select t.id, t.owner_id as owner, t.name, t.due_on::text as due, t.customer_id as customer
        from trial t where t.owner_id = p.id and t.status = 'out' and t.due_on <= ${view.ahead}::date
          and t.deleted_at is null and ${scope} order by t.due_on limit ${view.limit}) l
      order by l.due limit ${view.limit}`.execute(ctx.db);
    const others = view.people.length > 1 ? rows.map(({ owner }) => owner) : [];
    const titles = await titlesOf(
      ctx,
      new Map([
        ['user', new Set(others)],
        ['customer', new Set(rows.map(({ customer }) => customer))],
      ]),
    );
    const say = (key: string, params = {}) =>
      translate(ctx.registry.words, ctx.principal.language, key, params);
    return rows.map(({ id, owner, name, due, customer }): TodayItem => {
      const late = due < view.today;
      const who = titles.get(customer) ?? null;
      return {
        key: `trial:${id}`,
        kind: 'trial',
        label: say('trial'),
        color: late ? 'zhu' : due === view.today ? 'teng' : 'plain',
        rank: late ? TODAY_RANK.overdue : due === view.today ? TODAY_RANK.planned : TODAY_RANK.later,
        at: null,
        date: due,
        title: who ? say('trial.today.title', { what: name, customer: who }) : name,
        strong: who,
        why: say(late ? 'trial.today.late' : 'trial.today.due', { date: due.slice(5) }),
        record: { entity: 'trial', id },
        owner: titles.get(owner) ?? null,
        customer: { id: customer, title: who },
        action: { label: say('trial.today.open'), open: `/r/trials/${id}` },
      };
    });
  },
};

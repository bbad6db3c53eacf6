import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { TODAY_RANK, type TodayItem, type TodaySource } from '../../../platform/today/today.ts';

/** Customers to remind of what they owe. */
export const dunningToday: TodaySource = {
  name: 'dunning',
  async items(ctx, view) {
    const policy = ctx.policies.for('dunning');
    if (!policy.can('read') || !['what', 'status', 'dueDate', 'customer'].every(policy.sees)) return [];
    const scope = scopeCondition(entityNamed(ctx.registry, 'dunning'), policy.scope('read'), ctx.principal);
    const { rows } = await sql<{ id: string; owner: string; what: string; due: string; customer: string }>`
      select l.* from unnest(${[...view.people]}::uuid[]) as p(id)
      cross join lateral (select t.id, t.owner_id as owner, t.what, t.due_date::text as due, t.customer_id as customer
        from dunning t where t.owner_id = p.id and t.status = 'open' and t.deleted_at is null and ${scope}
        order by t.due_date limit ${view.limit}) l limit ${view.limit}`.execute(ctx.db);
    const others = view.people.length > 1 ? rows.map(({ owner }) => owner) : [];
    const titles = await titlesOf(
      ctx,
      new Map([
        ['user', new Set(others)],
        ['customer', new Set(rows.map(({ customer }) => customer))],
      ]),
    );
    const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
    return rows.map(
      ({ id, owner, what, due, customer }): TodayItem => ({
        key: `dunning:${id}`,
        kind: 'dunning',
        label: say('dunning'),
        color: 'zhu',
        rank: TODAY_RANK.planned,
        at: null,
        date: due,
        title: what,
        strong: null,
        why: say('dunning.today.why'),
        record: { entity: 'dunning', id },
        owner: titles.get(owner) ?? null,
        customer: { id: customer, title: titles.get(customer) ?? null },
        action: { label: say('dunning.today.open'), open: `/r/dunnings/${id}` },
      }),
    );
  },
};

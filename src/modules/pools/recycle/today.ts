import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import {
  TODAY_RANK,
  type TodayItem,
  type TodaySource,
  type TodayView,
} from '../../../platform/today/today.ts';
import { dueQuery, later, nightOf, type Rule, rulesOf } from './due.ts';

/** Customers that go into a pool within the days their owner is warned of, unless he speaks with them. */
export const recyclingToday: TodaySource = { name: 'recycle', items: itemsOf };

interface Due {
  id: string;
  owner: string;
  base: string;
  rule: number;
}

async function itemsOf(ctx: Context, view: TodayView): Promise<TodayItem[]> {
  const policy = ctx.policies.for('customer');
  if (!policy.can('read')) return [];
  const rules = (await rulesOf(ctx)).filter(({ pool }) => pool.warnDays);
  if (rules.length === 0) return [];
  const night = Temporal.PlainDate.from(dayOf(ctx)).add({ days: 1 }).toString();
  const scope = scopeCondition(entityNamed(ctx.registry, 'customer'), policy.scope('read'), ctx.principal, {
    alias: 'd',
  });
  const parts = rules.map(
    (rule, at) => sql`(select d.id, d.owner_id as owner, d.base, ${at}::int as rule
      from (${dueQuery(ctx, rule, night, rule.pool.warnDays ?? 0)}) d
      where d.owner_id = any(${[...view.people]}::uuid[]) and ${scope} order by d.base limit ${view.limit})`,
  );
  const { rows } = await sql<Due>`select * from (${sql.join(parts, sql` union all `)}) u
    order by base, id`.execute(ctx.db);
  const first = new Map<string, { due: Due; rule: Rule; on: string }>();
  for (const due of rows) {
    const rule = rules[due.rule] as Rule;
    const on = later(nightOf(ctx, due.base, rule.days), night);
    const known = first.get(due.id);
    if (!known || on < known.on) first.set(due.id, { due, rule, on });
  }
  const titles = await titlesOf(
    ctx,
    new Map([
      ['customer', new Set(first.keys())],
      ['user', new Set(view.people.length > 1 ? rows.map(({ owner }) => owner) : [])],
    ]),
  );
  const say = (key: string, params = {}) =>
    translate(ctx.registry.words, ctx.principal.language, key, params);
  return [...first.values()].map(({ due, rule, on }): TodayItem => {
    const name = titles.get(due.id) ?? null;
    return {
      key: `recycle:${due.id}`,
      kind: 'recycle',
      label: say('pool.today.kind'),
      color: 'zhu',
      rank: TODAY_RANK.recycle,
      at: null,
      date: null,
      title: name ?? '—',
      strong: name,
      why: say(`pool.today.${rule.reason}`, { days: rule.days, date: on.slice(5), pool: rule.pool.name }),
      record: { entity: 'customer', id: due.id },
      owner: titles.get(due.owner) ?? null,
      customer: { id: due.id, title: name },
      action: { label: say('pool.today.open'), open: `/r/customers/${due.id}` },
    };
  });
}

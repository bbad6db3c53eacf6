import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import {
  TODAY_RANK,
  type TodayItem,
  type TodaySource,
  type TodayView,
} from '../../../platform/today/today.ts';

interface Due {
  id: string;
  owner: string;
  customer: string;
  subject: string | null;
  action: string;
  text: string | null;
  on: string;
}

/** Whom to care for today: what has begun, and what was missed in these days. */
export const careToday: TodaySource = { name: 'care', items: itemsOf };

async function itemsOf(ctx: Context, view: TodayView): Promise<TodayItem[]> {
  const policy = ctx.policies.for('careItem');
  if (!policy.can('read')) return [];
  const entity = entityNamed(ctx.registry, 'careItem');
  const scope = scopeCondition(entity, policy.scope('read'), ctx.principal);
  const seen = (field: string) => (policy.sees(field) ? sql.ref(`t.${field}`) : sql`null::text`);
  const { rows } = await sql<Due>`select l.* from unnest(${[...view.people]}::uuid[]) as p(id)
    cross join lateral (select t.id, t.owner_id as owner, t.customer_id as customer,
        ${seen('subject')} as subject, t.action, ${seen('text')} as text, t.occasion_on::text as "on" from care_item t
      where t.owner_id = p.id and t.status = 'open' and coalesce(t.due_date, t.occasion_on) <= ${view.today}::date
        and t.deleted_at is null and ${scope} order by t.occasion_on limit ${view.limit}) l
    order by l.on limit ${view.limit}`.execute(ctx.db);
  const titles = await titlesOf(
    ctx,
    new Map([
      ['customer', new Set(rows.map(({ customer }) => customer))],
      ['user', new Set(view.people.length > 1 ? rows.map(({ owner }) => owner) : [])],
    ]),
  );
  const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
  const option = (value: string) =>
    entity.fields.action?.options.find((each) => each.value === value)?.[ctx.principal.language] ?? value;
  return rows.map(({ id, owner, customer, subject, action, text, on }) => {
    const late = on < view.today;
    return {
      key: `care:${id}`,
      kind: 'care',
      label: say('care.today.kind'),
      color: 'teng',
      rank: TODAY_RANK.care,
      at: null,
      date: on,
      title: subject ?? '—',
      strong: null,
      why: [option(action), titles.get(customer), late ? say('care.today.late') : text]
        .filter(Boolean)
        .join(' · '),
      record: { entity: 'careItem', id },
      owner: titles.get(owner) ?? null,
      customer: { id: customer, title: titles.get(customer) ?? null },
      // What is late is sent where one is asked whether it should be.
      action: late
        ? { label: option(action), open: '/care' }
        : {
            label: say('command.send'),
            does: { method: 'POST', path: `/care-items/${id}/send` },
            undo: { method: 'POST', path: `/care-items/${id}/unsend` },
            done: say('care.today.sent'),
          },
    };
  });
}

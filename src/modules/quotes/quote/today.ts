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

interface Line {
  id: string;
  owner: string;
  status: 'approved' | 'sent' | 'confirmed';
  name: string | null;
  customer: string | null;
  until: string | null;
}

/** So many days before its day a quote is asked after. */
const AHEAD_DAYS = 3;

/** Quotes to send, those about to expire, and those a customer has just confirmed. */
export const quotesToday: TodaySource = { name: 'quote', items: itemsOf };

async function itemsOf(ctx: Context, view: TodayView): Promise<TodayItem[]> {
  const policy = ctx.policies.for('quote');
  const needed = ['status', 'validUntil', ...(view.people.length > 1 ? ['owner'] : [])];
  if (!policy.can('read') || !needed.every(policy.sees)) return [];
  const lines = await linesOf(ctx, view);
  const titles = await titlesOf(
    ctx,
    new Map([
      ['user', new Set(view.people.length > 1 ? lines.map(({ owner }) => owner) : [])],
      ['customer', new Set(lines.flatMap(({ customer }) => customer ?? []))],
    ]),
  );
  const say = (key: string, params = {}) =>
    translate(ctx.registry.words, ctx.principal.language, key, params);
  return lines.map(({ id, owner, status, name, customer, until }): TodayItem => {
    const title = (policy.sees('name') && name) || '—';
    return {
      key: `quote:${id}:${status}`,
      kind: 'quote',
      label: say('quote'),
      color: status === 'confirmed' ? 'song' : status === 'sent' ? 'teng' : 'dai',
      rank: status === 'sent' ? TODAY_RANK.planned : TODAY_RANK.task,
      at: null,
      date: status === 'sent' ? until : null,
      title,
      strong: title,
      why: say(`quote.today.${status}`, { date: until ?? '' }),
      record: { entity: 'quote', id },
      owner: titles.get(owner) ?? null,
      customer: customer ? { id: customer, title: titles.get(customer) ?? null } : null,
      action: { label: say('quote.today.open'), open: `/r/quotes/${id}` },
    };
  });
}

/** For each person ranges of the index (owner, status, valid until). */
async function linesOf(ctx: Context, view: TodayView): Promise<Line[]> {
  const scope = scopeCondition(
    entityNamed(ctx.registry, 'quote'),
    ctx.policies.for('quote').scope('read'),
    ctx.principal,
  );
  const soon = Temporal.PlainDate.from(view.today).add({ days: AHEAD_DAYS }).toString();
  const part = (more: ReturnType<typeof sql>) => sql`(select t.id, t.owner_id as owner, t.status, t.name,
      t.customer_id as customer, t.valid_until as until
    from quote t where t.owner_id = p.id and ${more} and t.deleted_at is null and ${scope}
    order by t.valid_until limit ${view.limit})`;
  const { rows } = await sql<Line>`select l.* from unnest(${[...view.people]}::uuid[]) as p(id)
    cross join lateral (${part(sql`t.status = 'sent' and t.valid_until <= ${soon}::date`)}
      union all ${part(sql`t.status = 'approved'`)}
      union all ${part(sql`t.status = 'confirmed' and t.answered_at > ${ctx.now}::timestamptz - interval '2 days'`)}) l
    limit ${view.limit}`.execute(ctx.db);
  return rows;
}

import { sql } from 'kysely';
import { scopeCondition } from '../../platform/access/where.ts';
import type { CalendarSource } from '../../platform/agenda/source.ts';
import type { Context } from '../../platform/context/context.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { titlesOf } from '../../platform/entity/titles.ts';
import type { ReportFigure } from '../../platform/figures/figure.ts';
import { translate } from '../../platform/i18n/translations.ts';
import { TODAY_RANK, type TodayItem, type TodaySource, type TodayView } from '../../platform/today/today.ts';

interface Line {
  type: 'contract' | 'order';
  id: string;
  owner: string;
  name: string;
  day: string;
}

const PLURAL = { contract: 'contracts', order: 'orders' } as const;
const DAY = { contract: 'endsOn', order: 'deliverBy' } as const;

/** Orders to deliver today or before, and contracts whose end comes near. */
export const ordersToday: TodaySource = {
  name: 'order',
  async items(ctx, view) {
    const lines = (await Promise.all([linesOf(ctx, view, 'order'), linesOf(ctx, view, 'contract')])).flat();
    const others = view.people.length > 1 ? lines.map(({ owner }) => owner) : [];
    const titles = await titlesOf(ctx, new Map([['user', new Set(others)]]));
    const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
    return lines.map(({ type, id, owner, name, day }): TodayItem => {
      const late = type === 'order' && day < view.today;
      return {
        key: `${type}:${id}`,
        kind: type,
        label: say(type),
        color: late ? 'zhu' : 'teng',
        rank: late ? TODAY_RANK.overdue : TODAY_RANK.planned,
        at: null,
        date: day,
        title: name,
        strong: name,
        why: say(late ? 'order.today.late' : `${type}.today.due`),
        record: { entity: type, id },
        owner: titles.get(owner) ?? null,
        customer: null,
        action: { label: say('order.today.open'), open: `/r/${PLURAL[type]}/${id}` },
      };
    });
  },
};

async function linesOf(ctx: Context, view: TodayView, type: Line['type']): Promise<Line[]> {
  const policy = ctx.policies.for(type);
  if (!policy.can('read') || !['name', 'status', DAY[type]].every(policy.sees)) return [];
  const scope = scopeCondition(entityNamed(ctx.registry, type), policy.scope('read'), ctx.principal);
  const due =
    type === 'order'
      ? sql`t.status in ('confirmed', 'partlyDelivered') and t.deliver_by <= ${view.today}`
      : sql`t.status in ('effective', 'amending') and t.remind_on <= ${view.today} and t.ends_on >= ${view.today}`;
  const day = sql.ref(type === 'order' ? 't.deliver_by' : 't.ends_on');
  const { rows } =
    await sql<Line>`select ${type} as type, l.* from unnest(${[...view.people]}::uuid[]) as p(id)
    cross join lateral (select t.id, t.owner_id as owner, t.name, ${day}::text as day from ${sql.table(type)} t
      where t.owner_id = p.id and ${due} and t.deleted_at is null and ${scope}
      order by ${day} limit ${view.limit}) l limit ${view.limit}`.execute(ctx.db);
  return rows;
}

/** When orders are to be delivered and contracts end. */
export const ordersCalendar: readonly CalendarSource[] = [
  {
    entity: 'order',
    label: 'order.deliverBy',
    date: 'deliverBy',
    states: {
      field: 'status',
      shown: ['confirmed', 'partlyDelivered', 'delivered'],
      open: ['confirmed', 'partlyDelivered'],
    },
  },
  {
    entity: 'contract',
    label: 'contract.endsOn',
    date: 'endsOn',
    states: { field: 'status', shown: ['effective', 'amending', 'completed'], open: [] },
  },
];

const inForce = (...value: string[]) => ({ field: 'status', op: 'in' as const, value });

/** Contracts and orders, in reports of somebody's work. */
export const ordersFigures: readonly ReportFigure[] = [
  {
    name: 'contractsSigned',
    entity: 'contract',
    at: 'signedOn',
    filter: () => inForce('effective', 'amending', 'inApproval', 'completed'),
  },
  {
    name: 'ordersConfirmed',
    entity: 'order',
    at: 'confirmedAt',
    filter: () => inForce('confirmed', 'partlyDelivered', 'delivered', 'closed'),
  },
];

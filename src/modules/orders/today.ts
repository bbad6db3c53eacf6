import { type SqlBool, sql } from 'kysely';
import type { CalendarSource } from '../../platform/agenda/source.ts';
import type { Context } from '../../platform/context/context.ts';
import type { ReportFigure } from '../../platform/figures/figure.ts';
import { type Line, namesOf, ownLines, say } from '../../platform/today/lines.ts';
import { TODAY_RANK, type TodayItem, type TodaySource, type TodayView } from '../../platform/today/today.ts';

interface DocumentLine extends Line {
  name: string;
  day: string;
}

const PLURAL = { contract: 'contracts', order: 'orders' } as const;

/** Orders to deliver today or before, contracts whose end comes near, and quotes just agreed to of which nothing was made yet. */
export const ordersToday: TodaySource = {
  name: 'order',
  async items(ctx, view) {
    const [orders, contracts, quotes] = await Promise.all([
      ordersDue(ctx, view),
      contractsEnding(ctx, view),
      quotesAgreed(ctx, view),
    ]);
    const name = await namesOf(ctx, view, [...orders, ...contracts, ...quotes]);
    const item = (type: keyof typeof PLURAL, line: DocumentLine): TodayItem => {
      const late = type === 'order' && line.day < view.today;
      return {
        key: `${type}:${line.id}`,
        kind: type,
        label: say(ctx, type),
        color: late ? 'zhu' : 'teng',
        rank: late ? TODAY_RANK.overdue : TODAY_RANK.planned,
        at: null,
        date: line.day,
        title: line.name,
        strong: line.name,
        why: say(ctx, late ? 'order.today.late' : `${type}.today.due`),
        record: { entity: type, id: line.id },
        owner: name(line.owner),
        customer: null,
        action: { label: say(ctx, 'order.today.open'), open: `/r/${PLURAL[type]}/${line.id}` },
      };
    };
    const next = (line: DocumentLine): TodayItem => ({
      key: `quote:${line.id}:confirmed`,
      kind: 'quote',
      label: say(ctx, 'quote'),
      color: 'song',
      rank: TODAY_RANK.task,
      at: null,
      date: null,
      title: line.name || '—',
      strong: line.name || '—',
      why: say(ctx, 'order.today.agreed'),
      record: { entity: 'quote', id: line.id },
      owner: name(line.owner),
      customer: line.customer ? { id: line.customer, title: name(line.customer) } : null,
      action: { label: say(ctx, 'order.today.open'), open: `/r/quotes/${line.id}` },
    });
    return [
      ...orders.map((line) => item('order', line)),
      ...contracts.map((line) => item('contract', line)),
      ...quotes.map(next),
    ];
  },
};

const ordersDue = (ctx: Context, view: TodayView) =>
  ownLines<DocumentLine>(ctx, view, 'order', {
    states: ['confirmed', 'partlyDelivered'],
    by: 'deliver_by',
    until: view.today,
    needs: ['name'],
    columns: sql`t.name, t.deliver_by::text as day`,
  });

/** While its amendment is being approved a contract is in force as it was. */
const agreed = sql<SqlBool>`(t.status <> 'inApproval' or t.revision > 1)`;

const contractsEnding = (ctx: Context, view: TodayView) =>
  ownLines<DocumentLine>(ctx, view, 'contract', {
    states: ['effective', 'amending', 'inApproval'],
    by: 'remind_on',
    until: view.today,
    also: () => sql`t.ends_on >= ${view.today} and ${agreed}`,
    needs: ['name', 'endsOn'],
    columns: sql`t.name, t.ends_on::text as day`,
  });

/** What the customer agreed to in the last days, as long as neither a contract nor an order stands of it. */
const quotesAgreed = (ctx: Context, view: TodayView) =>
  ownLines<DocumentLine>(ctx, view, 'quote', {
    states: ['confirmed'],
    by: 'valid_until',
    also: () => sql`t.answered_at > ${ctx.now}::timestamptz - interval '2 days'
      and not exists (select from "order" d where d.quote_id = t.id and d.deleted_at is null and d.status <> 'cancelled')
      and not exists (select from contract d where d.quote_id = t.id and d.deleted_at is null and d.status <> 'terminated')`,
    columns: sql`t.name, t.valid_until::text as day`,
  });

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
    states: { field: 'status', shown: ['effective', 'amending', 'inApproval', 'completed'], open: [] },
    also: agreed,
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

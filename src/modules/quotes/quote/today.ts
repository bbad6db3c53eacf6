import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Line, namesOf, ownLines, say } from '../../../platform/today/lines.ts';
import {
  TODAY_RANK,
  type TodayItem,
  type TodaySource,
  type TodayView,
} from '../../../platform/today/today.ts';

interface QuoteLine extends Line {
  status: 'approved' | 'sent';
  name: string | null;
  until: string | null;
}

/** So many days before its day a quote is asked after. */
const AHEAD_DAYS = 3;

/** Quotes to send and those about to expire; what follows a confirmed one is told by who makes it (orders). */
export const quotesToday: TodaySource = { name: 'quote', items: itemsOf };

async function itemsOf(ctx: Context, view: TodayView): Promise<TodayItem[]> {
  const lines = await linesOf(ctx, view);
  const nameOf = await namesOf(ctx, view, lines);
  return lines.map(({ id, owner, status, name, customer, until }): TodayItem => {
    const title = name || '—';
    return {
      key: `quote:${id}:${status}`,
      kind: 'quote',
      label: say(ctx, 'quote'),
      color: status === 'sent' ? 'teng' : 'dai',
      rank: status === 'sent' ? TODAY_RANK.planned : TODAY_RANK.task,
      at: null,
      date: status === 'sent' ? until : null,
      title,
      strong: title,
      why: say(ctx, `quote.today.${status}`, { date: until ?? '' }),
      record: { entity: 'quote', id },
      owner: nameOf(owner),
      customer: customer ? { id: customer, title: nameOf(customer) } : null,
      action: { label: say(ctx, 'quote.today.open'), open: `/r/quotes/${id}` },
    };
  });
}

function linesOf(ctx: Context, view: TodayView): Promise<QuoteLine[]> {
  const soon = Temporal.PlainDate.from(view.today).add({ days: AHEAD_DAYS }).toString();
  const due: Record<QuoteLine['status'], ReturnType<typeof sql>> = {
    sent: sql`t.valid_until <= ${soon}::date`,
    approved: sql`true`,
  };
  return ownLines<QuoteLine>(ctx, view, 'quote', {
    states: Object.keys(due),
    by: 'valid_until',
    also: (state) => due[state as QuoteLine['status']],
    columns: sql`t.status, t.name, t.valid_until as until`,
  });
}

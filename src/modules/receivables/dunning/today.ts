import { sql } from 'kysely';
import { type Line, namesOf, ownLines, say } from '../../../platform/today/lines.ts';
import { TODAY_RANK, type TodayItem, type TodaySource } from '../../../platform/today/today.ts';

interface DunningLine extends Line {
  what: string;
  day: string;
}

/** Customers to remind of what they owe. */
export const dunningToday: TodaySource = {
  name: 'dunning',
  async items(ctx, view) {
    const lines = await ownLines<DunningLine>(ctx, view, 'dunning', {
      states: ['open'],
      by: 'due_date',
      needs: ['what', 'customer'],
      columns: sql`t.what, t.due_date::text as day`,
    });
    const name = await namesOf(ctx, view, lines);
    return lines.map(
      ({ id, owner, what, day, customer }): TodayItem => ({
        key: `dunning:${id}`,
        kind: 'dunning',
        label: say(ctx, 'dunning'),
        color: 'zhu',
        rank: TODAY_RANK.planned,
        at: null,
        date: day,
        title: what,
        strong: null,
        why: say(ctx, 'dunning.today.why'),
        record: { entity: 'dunning', id },
        owner: name(owner),
        customer: customer ? { id: customer, title: name(customer) } : null,
        action: { label: say(ctx, 'dunning.today.open'), open: `/r/dunnings/${id}` },
      }),
    );
  },
};

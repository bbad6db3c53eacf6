import { sql } from 'kysely';
import { type Line, namesOf, ownLines, say } from '../../../platform/today/lines.ts';
import { TODAY_RANK, type TodayItem, type TodaySource } from '../../../platform/today/today.ts';

interface TrialLine extends Line {
  name: string;
  day: string;
}

/** What is with customers and due, or past its day. */
export const trialsToday: TodaySource = {
  name: 'trials',
  async items(ctx, view) {
    const lines = await ownLines<TrialLine>(ctx, view, 'trial', {
      states: ['out'],
      by: 'due_on',
      until: view.ahead,
      needs: ['name', 'customer'],
      columns: sql`t.name, t.due_on::text as day`,
    });
    const nameOf = await namesOf(ctx, view, lines);
    return lines.map(({ id, owner, name, day, customer }): TodayItem => {
      const late = day < view.today;
      const who = nameOf(customer);
      return {
        key: `trial:${id}`,
        kind: 'trial',
        label: say(ctx, 'trial'),
        color: late ? 'zhu' : day === view.today ? 'teng' : 'plain',
        rank: late ? TODAY_RANK.overdue : day === view.today ? TODAY_RANK.planned : TODAY_RANK.later,
        at: null,
        date: day,
        title: who ? say(ctx, 'trial.today.title', { what: name, customer: who }) : name,
        strong: who,
        why: say(ctx, late ? 'trial.today.late' : 'trial.today.due', { date: day.slice(5) }),
        record: { entity: 'trial', id },
        owner: nameOf(owner),
        customer: customer ? { id: customer, title: who } : null,
        action: { label: say(ctx, 'trial.today.open'), open: `/r/trials/${id}` },
      };
    });
  },
};

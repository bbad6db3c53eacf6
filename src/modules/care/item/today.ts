import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { joined, type Line, namesOf, ownLines, say } from '../../../platform/today/lines.ts';
import {
  TODAY_RANK,
  type TodayItem,
  type TodaySource,
  type TodayView,
} from '../../../platform/today/today.ts';

interface Due extends Line {
  subject: string | null;
  action: string;
  text: string | null;
  on: string;
}

/** Whom to care for today: what has begun, and what was missed in these days. */
export const careToday: TodaySource = { name: 'care', items: itemsOf };

async function itemsOf(ctx: Context, view: TodayView): Promise<TodayItem[]> {
  const entity = entityNamed(ctx.registry, 'careItem');
  const lines = await ownLines<Due>(ctx, view, 'careItem', {
    states: ['open'],
    by: 'occasion_on',
    also: () => sql`coalesce(t.due_date, t.occasion_on) <= ${view.today}::date`,
    columns: sql`t.subject, t.action, t.text, t.occasion_on::text as "on"`,
  });
  const name = await namesOf(ctx, view, lines);
  const option = (value: string) =>
    entity.fields.action?.options.find((each) => each.value === value)?.[ctx.principal.language] ?? value;
  return lines.map(({ id, owner, customer, subject, action, text, on }): TodayItem => {
    const late = on < view.today;
    return {
      key: `care:${id}`,
      kind: 'care',
      label: say(ctx, 'care.today.kind'),
      color: 'teng',
      rank: TODAY_RANK.care,
      at: null,
      date: on,
      title: subject ?? '—',
      strong: null,
      why: joined(option(action), name(customer), late ? say(ctx, 'care.today.late') : text),
      record: { entity: 'careItem', id },
      owner: name(owner),
      customer: customer ? { id: customer, title: name(customer) } : null,
      // What is late is sent where one is asked whether it should be.
      action: late
        ? { label: option(action), open: '/care' }
        : {
            label: say(ctx, 'command.send'),
            does: { method: 'POST', path: `/care-items/${id}/send` },
            undo: { method: 'POST', path: `/care-items/${id}/unsend` },
            done: say(ctx, 'care.today.sent'),
          },
    };
  });
}

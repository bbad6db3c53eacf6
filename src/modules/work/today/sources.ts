import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dateIn } from '../../../platform/time/instant.shared.ts';
import { joined, type Line, namesOf, ownLines, say } from '../../../platform/today/lines.ts';
import {
  TODAY_RANK,
  type TodayItem,
  type TodaySource,
  type TodayView,
} from '../../../platform/today/today.ts';

/** Common to all lines. */
const base = (entity: string, line: Line, name: (id: unknown) => string | null) => ({
  key: `${entity}:${line.id}`,
  kind: entity,
  record: { entity, id: line.id },
  owner: name(line.owner),
  strong: name(line.customer),
  customer: line.customer ? { id: line.customer, title: name(line.customer) } : null,
});

/** A title that names its customer, or does without where the name is not the reader's to know. */
const titled = (ctx: Context, key: string, what: string, customer: string | null): string =>
  customer ? say(ctx, `today.${key}`, { what, customer }) : what;

interface PromiseLine extends Line {
  what: string;
  due: string;
  dueDate: string;
  madeAt: string;
  contact: string | null;
  status: string;
}

/** Promises past their time, of today, and of the days ahead. */
export const promisesToday: TodaySource = {
  name: 'promise',
  async items(ctx, view) {
    const lines = await ownLines<PromiseLine>(ctx, view, 'promise', {
      states: ['open', 'renegotiated'],
      by: 'due_at',
      until: `${view.ahead}T23:59:59.999999Z`,
      columns: sql`t.what, t.due_date as "dueDate", t.created_at as "madeAt", t.contact_id as contact, t.status`,
    });
    const name = await namesOf(
      ctx,
      view,
      lines,
      lines.map(({ contact }) => ['contact', contact] as const),
    );
    return lines.map((line): TodayItem => {
      const late = Temporal.Instant.compare(line.due, ctx.now) <= 0;
      const soon = Temporal.Instant.compare(line.due, view.end) <= 0;
      const made = { date: dateIn(ctx.timeZone, line.madeAt).slice(5), contact: name(line.contact) ?? '' };
      return {
        ...base('promise', line, name),
        label: say(ctx, 'promise', {}),
        color: late ? 'zhu' : soon ? 'teng' : 'plain',
        rank: late ? TODAY_RANK.overdue : soon ? TODAY_RANK.planned : TODAY_RANK.later,
        at: null,
        date: line.dueDate,
        title: titled(ctx, 'promised', line.what, name(line.customer)),
        why: joined(
          say(ctx, made.contact ? 'today.promisedTo' : 'today.promisedOn', made),
          line.status === 'renegotiated' && say(ctx, 'today.moved'),
          late && say(ctx, 'today.sayBecame'),
        ),
        action: {
          label: say(ctx, 'today.keep'),
          does: { method: 'POST', path: `/promises/${line.id}/keep` },
          undo: { method: 'POST', path: `/promises/${line.id}/reopen` },
          done: say(ctx, 'today.kept'),
        },
      };
    });
  },
};

interface PlannedLine extends Line {
  objective: string;
  due: string;
  startsAt: string | null;
  status: string;
  place: string | null;
  order: number | null;
}

/** Visits or meetings of today, and those of days gone by that nobody has written down. */
const planned = (entity: 'visit' | 'meeting', states: readonly string[]): TodaySource => ({
  name: entity,
  async items(ctx, view) {
    const lines = await ownLines<PlannedLine>(ctx, view, entity, {
      states,
      by: 'date',
      until: view.today,
      columns: sql`t.objective, t.starts_at as "startsAt", t.status, t.place,
        ${entity === 'visit' ? sql`t.route_order` : sql`null::int`} as "order"`,
    });
    const name = await namesOf(ctx, view, lines);
    return lines.map((line): TodayItem => {
      const gone = line.due < view.today;
      return {
        ...base(entity, line, name),
        label: say(ctx, entity),
        color: 'dai',
        rank: line.startsAt || gone ? TODAY_RANK.timed : TODAY_RANK.planned,
        at: gone ? null : line.startsAt,
        date: line.due,
        title: name(line.customer)
          ? say(ctx, `today.${entity}`, { customer: name(line.customer) ?? '' })
          : line.objective,
        why: joined(
          say(ctx, 'today.objective', { what: line.objective }),
          line.order !== null && say(ctx, 'today.stop', { count: line.order }),
          gone && say(ctx, 'today.notWritten'),
        ),
        action: {
          label: say(ctx, `today.open.${entity}.${line.status}`),
          open: `/${entity === 'visit' ? 'visit' : 'meeting'}/${line.id}`,
        },
      };
    });
  },
});

export const visitsToday = planned('visit', ['planned', 'checkedIn']);
export const meetingsToday = planned('meeting', ['planned']);

interface CallLine extends Line {
  subject: string;
  due: string;
}

/** Customers to call back. */
export const callBacksToday: TodaySource = {
  name: 'callBack',
  async items(ctx, view) {
    const lines = await ownLines<CallLine>(ctx, view, 'callBack', {
      states: ['open'],
      by: 'due_date',
      until: view.ahead,
      columns: sql`t.subject`,
    });
    const name = await namesOf(ctx, view, lines);
    return lines.map(
      (line): TodayItem => ({
        ...base('callBack', line, name),
        label: say(ctx, 'callBack'),
        color: 'song',
        rank: line.due <= view.today ? TODAY_RANK.callBack : TODAY_RANK.later,
        at: null,
        date: line.due,
        title: titled(ctx, 'callBack', line.subject, name(line.customer)),
        why: say(ctx, 'today.callBackWhy', { what: line.subject }),
        action: { label: say(ctx, 'today.open.callBack'), open: `/call-back/${line.id}` },
      }),
    );
  },
};

interface TaskLine extends Line {
  subject: string;
  due: string;
  version: number;
  priority: string | null;
}

/** Tasks that are due. */
export const tasksToday: TodaySource = {
  name: 'task',
  async items(ctx, view) {
    const lines = await ownLines<TaskLine>(ctx, view, 'task', {
      states: ['open'],
      by: 'due_date',
      until: view.ahead,
      columns: sql`t.subject, t.priority`,
    });
    const name = await namesOf(ctx, view, lines);
    return lines.map((line): TodayItem => taskItem(ctx, view, line, name));
  },
};

function taskItem(
  ctx: Context,
  view: TodayView,
  line: TaskLine,
  name: (id: unknown) => string | null,
): TodayItem {
  const late = line.due < view.today;
  const path = `/tasks/${line.id}`;
  return {
    ...base('task', line, name),
    label: say(ctx, 'task'),
    color: late ? 'zhu' : 'plain',
    rank: line.due <= view.today ? TODAY_RANK.task : TODAY_RANK.later,
    at: null,
    date: line.due,
    title: titled(ctx, 'task', line.subject, name(line.customer)),
    why: joined(
      line.priority === 'high' && say(ctx, 'today.important'),
      say(ctx, late ? 'today.taskLate' : 'today.taskDue', { date: line.due.slice(5) }),
    ),
    action: {
      label: say(ctx, 'today.done'),
      does: { method: 'PATCH', path, body: { status: 'done' }, version: line.version },
      undo: { method: 'PATCH', path, body: { status: 'open' }, version: line.version + 1 },
      done: say(ctx, 'today.didTask'),
    },
  };
}

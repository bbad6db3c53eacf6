import { z } from 'zod';
import { peopleWithin } from '../access/people.ts';
import type { Cause, Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { forbidden, notFound, problem } from '../errors/problem.ts';
import { type Route, route } from '../http/route.ts';
import { calendarDays } from './days.ts';
import { endFeed, feedOf, feedRange, feedReader, icalOf, makeFeed } from './feed.ts';
import { calendarItems } from './read.ts';
import type { CalendarSource } from './source.ts';

const tag = 'calendar';
/** The widest view is a month with the days around it. */
const MOST_DAYS = 62;
const MOST_CHOSEN = 100;

const people = z.union([
  z.enum(['me', 'team']),
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.uuid()).min(1).max(MOST_CHOSEN)),
]);
const query = z.strictObject({ from: z.iso.date(), to: z.iso.date(), people: people.default('me') });

type Acting = (services: Services, who: { id: string }, cause: Cause) => Promise<Context>;

/** The calendar on the screen, and each person's own as a feed for other programs. */
export function agendaRoutes(sources: readonly CalendarSource[], acting: Acting): Route[] {
  return [
    route({
      method: 'GET',
      path: '/calendar/items',
      summary: 'What people have to do on days; at most two months at once',
      tag,
      query,
      handle: async ({ ctx, query: { from, to, people } }) => {
        const days = Temporal.PlainDate.from(from).until(to).days;
        if (days < 0 || days >= MOST_DAYS)
          throw problem('calendar_range', { status: 422, params: { max: MOST_DAYS } });
        const whose =
          people === 'me'
            ? [me(ctx)]
            : people === 'team'
              ? (await peopleWithin(ctx, 'task')).map(({ id }) => id)
              : people;
        return {
          ...(await calendarItems(ctx, sources, { from, to, people: whose })),
          days: calendarDays(ctx, from, to),
        };
      },
    }),
    route({
      method: 'GET',
      path: '/calendar/people',
      summary: 'The people whose calendar one may look at',
      tag,
      handle: async ({ ctx }) => ({ items: await peopleWithin(ctx, 'task') }),
    }),
    ...feedRoutes(sources, acting),
  ];
}

const me = (ctx: Context): string => {
  if (!ctx.principal.userId) throw forbidden();
  return ctx.principal.userId;
};

function feedRoutes(sources: readonly CalendarSource[], acting: Acting): Route[] {
  return [
    route({
      method: 'GET',
      path: '/calendar/feed',
      summary: 'Whether one’s calendar is given to other programs',
      tag,
      handle: async ({ ctx }) => ({ feed: await feedOf(ctx) }),
    }),
    route({
      method: 'POST',
      path: '/calendar/feed',
      summary: 'A secret address of one’s own calendar, told once; the former one ends',
      tag,
      secret: true,
      handle: async ({ ctx, services }) => {
        me(ctx);
        return { url: `${services.baseUrl}/api/v1/calendar/feeds/${await makeFeed(ctx)}` };
      },
    }),
    route({
      method: 'DELETE',
      path: '/calendar/feed',
      summary: 'Ends the address of one’s calendar',
      tag,
      status: 204,
      handle: async ({ ctx }) => endFeed(ctx),
    }),
    route({
      method: 'GET',
      path: '/calendar/feeds/{secret}',
      summary: 'A person’s own calendar as iCalendar',
      access: 'open',
      tag,
      params: z.strictObject({ secret: z.string().min(20).max(100) }),
      handle: async ({ ctx, services, params, reply }) => {
        const id = await feedReader(ctx, params.secret);
        if (!id) throw notFound();
        const person = await acting(services, { id }, { kind: 'person', reason: 'calendar feed' });
        const { items } = await calendarItems(person, sources, { ...feedRange(person), people: [id] });
        return reply
          .header('content-type', 'text/calendar; charset=utf-8')
          .header('cache-control', 'private, no-store')
          .send(icalOf(person, services.baseUrl, items));
      },
    }),
  ];
}

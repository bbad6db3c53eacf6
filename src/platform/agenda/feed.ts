import { createHash, randomBytes } from 'node:crypto';
import ical, { ICalCalendarMethod } from 'ical-generator';
import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { dayOf } from '../context/day.ts';
import { translate } from '../i18n/translations.ts';
import type { CalendarItem } from './read.ts';

const SECRET_BYTES = 24;
/** What calendar programs are given: what lately was and what comes. */
export const FEED_DAYS = { back: 60, ahead: 365 };

const digestOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** When one's feed was made and last read; null where there is none. */
export async function feedOf(ctx: Context): Promise<{ createdAt: string; readAt: string | null } | null> {
  const { rows } = await sql<{ createdAt: string; readAt: string | null }>`select created_at as "createdAt",
    read_at as "readAt" from calendar_feed where user_id = ${ctx.principal.userId}`.execute(ctx.db);
  return rows[0] ?? null;
}

/** A new secret for one's feed; the former address ends. It is told once and kept as a digest only. */
export async function makeFeed(ctx: Context): Promise<string> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  await sql`insert into calendar_feed (user_id, digest, created_at)
    values (${ctx.principal.userId}, ${digestOf(secret)}, ${ctx.now})
    on conflict (user_id) do update set digest = excluded.digest, created_at = excluded.created_at, read_at = null`.execute(
    ctx.db,
  );
  return secret;
}

export async function endFeed(ctx: Context): Promise<void> {
  await sql`delete from calendar_feed where user_id = ${ctx.principal.userId}`.execute(ctx.db);
}

/** Whose feed a secret opens; remembers that it was read, once an hour. */
export async function feedReader(
  { db, now }: Pick<Context, 'db' | 'now'>,
  secret: string,
): Promise<string | null> {
  const digest = digestOf(secret);
  const { rows } = await sql<{
    id: string;
  }>`select user_id as id from calendar_feed where digest = ${digest}`.execute(db);
  await sql`update calendar_feed set read_at = ${now} where digest = ${digest}
    and (read_at is null or read_at < ${now}::timestamptz - interval '1 hour')`.execute(db);
  return rows[0]?.id ?? null;
}

export function feedRange(ctx: Context): { from: string; to: string } {
  const today = Temporal.PlainDate.from(dayOf(ctx));
  return {
    from: today.subtract({ days: FEED_DAYS.back }).toString(),
    to: today.add({ days: FEED_DAYS.ahead }).toString(),
  };
}

/** Items as an iCalendar document; days without a time stand as whole days. */
export function icalOf(ctx: Context, baseUrl: string, items: readonly CalendarItem[]): string {
  const { words } = ctx.registry;
  const say = (key: string) => translate(words, ctx.principal.language, key, {});
  const calendar = ical({
    name: say('agenda.feedName'),
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Guanxi', product: 'Guanxi', language: ctx.principal.language.toUpperCase() },
    ttl: 3600,
  });
  for (const item of items) {
    const entity = ctx.registry.byName.get(item.entity);
    const whom = item.customer && item.customer.id !== item.id ? item.customer.title : null;
    // The library takes native dates: whole days are told in UTC, which it writes as the day alone.
    const start = item.at ? Temporal.Instant.from(item.at) : Temporal.Instant.from(`${item.date}T00:00:00Z`);
    const end = start.add(item.at ? { minutes: item.minutes ?? 60 } : { hours: 24 });
    calendar.createEvent({
      id: `${item.key}@guanxi`,
      start: new Date(start.epochMilliseconds),
      end: new Date(end.epochMilliseconds),
      allDay: !item.at,
      timezone: item.at ? null : 'UTC',
      stamp: new Date(Temporal.Instant.from(ctx.now).epochMilliseconds),
      summary: [item.label, item.title, whom].filter(Boolean).join(' · '),
      url: `${baseUrl}/r/${entity?.plural ?? item.entity}/${item.id}`,
    });
  }
  return calendar.toString();
}

import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { defineFacts, type FactSpec } from '../../../platform/facts/fact.ts';
import { birthdayIn, nextBirthday, readBirthdayText } from '../../../platform/time/birthday.shared.ts';

interface Dated {
  id: string;
  day: string;
  once?: boolean;
}

/** The next day something is kept, on or after `today`; what happens once and is over has none. */
export function nextDay(text: string, today: string, once = false): string | null {
  const day = readBirthdayText(text);
  if (!day) return null;
  if (!once || day.year === null) return nextBirthday(day, today).date;
  const only = birthdayIn(day, day.year);
  return only >= today ? only : null;
}

/** Lunar days are reckoned here, not in the database, and handed to it as a table. */
function nextDays(today: string, rows: readonly Dated[], column: string): RawBuilder<unknown> {
  const days = rows.map(({ day, once }) => nextDay(day, today, once));
  return sql`select d.id, d.day as ${sql.ref(column)}
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${days}::date[]) as d(id, day)`;
}

const birthdays = (entity: 'contact' | 'customer'): FactSpec =>
  defineFacts({
    name: `care.${entity}Birthday`,
    entity,
    fields: {
      nextBirthday: { kind: 'date', filterable: true, sortable: true, sensitive: true, group: 'person' },
    },
    events: [`${entity}.*`],
    async compute(ctx: Context, ids) {
      const { rows } = await sql<Dated>`select id, birthday as day from ${sql.table(entity)}
        where id = any(${[...ids]}::uuid[]) and birthday is not null`.execute(ctx.db);
      return nextDays(dayOf(ctx), rows, 'next_birthday');
    },
    // Also those nobody has reckoned yet: birthdays older than this fact.
    due: (ctx) => sql`select id from ${sql.table(`${entity}_fact`)} where next_birthday < ${dayOf(ctx)}::date
      union all select r.id from ${sql.table(entity)} r left join ${sql.table(`${entity}_fact`)} f on f.id = r.id
      where r.birthday is not null and r.deleted_at is null and f.next_birthday is null`,
  });

const memories = defineFacts({
  name: 'care.memory',
  entity: 'rememberedFact',
  fields: { nextOn: { kind: 'date', filterable: true, sortable: true, sensitive: true, group: 'care' } },
  events: ['rememberedFact.*'],
  async compute(ctx: Context, ids) {
    const { rows } = await sql<Dated>`select id, day, not coalesce(yearly, true) as once from remembered_fact
      where id = any(${[...ids]}::uuid[]) and day is not null`.execute(ctx.db);
    return nextDays(dayOf(ctx), rows, 'next_on');
  },
  due: (ctx) => sql`select id from remembered_fact_fact where next_on < ${dayOf(ctx)}::date`,
});

/** The next day of everything that comes round: filtered and sorted by, without looking at what lies years back. */
export const careFacts: readonly FactSpec[] = [birthdays('contact'), birthdays('customer'), memories];

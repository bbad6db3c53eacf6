import { type RawBuilder, sql } from 'kysely';
import type { MeasurePeriod, MeasureSpec } from '../../platform/measures/measure.ts';
import { startOfDay } from '../../platform/time/instant.shared.ts';

/** Contacts that count: with something said, and no mere notes. */
const counted = (alias: string): RawBuilder<unknown> => sql`a.customer_id = ${sql.ref(`${alias}.id`)}
  and a.deleted_at is null and a.kind <> 'note' and (coalesce(a.content, '') <> '' or coalesce(a.subject, '') <> '')`;

const within = ({ from, to }: MeasurePeriod, timeZone: string): RawBuilder<unknown> => {
  const after = Temporal.PlainDate.from(to).add({ days: 1 }).toString();
  return sql`a.occurred_at >= ${startOfDay(from, timeZone)}::timestamptz and a.occurred_at < ${startOfDay(after, timeZone)}::timestamptz`;
};

const through = { activity: 'customer' };

/** What contact with a customer amounts to. */
export const contactMeasures: readonly MeasureSpec[] = [
  {
    name: 'contacts',
    entity: 'customer',
    unit: 'times',
    days: 90,
    through,
    value: ({ ctx, alias }, period) =>
      sql`select count(*) from activity a where ${counted(alias)} and ${within(period, ctx.timeZone)}`,
  },
  {
    name: 'visits',
    entity: 'customer',
    unit: 'times',
    days: 180,
    through,
    value: ({ ctx, alias }, period) =>
      sql`select count(*) from activity a where ${counted(alias)} and a.kind = 'visit' and ${within(period, ctx.timeZone)}`,
  },
  {
    name: 'daysSinceContact',
    entity: 'customer',
    unit: 'days',
    through,
    value: ({ ctx, alias }, { to }) =>
      sql`select ${to}::date - (max(a.occurred_at) at time zone ${ctx.timeZone})::date from activity a where ${counted(alias)}`,
  },
];

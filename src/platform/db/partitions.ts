import { sql } from 'kysely';
import type { Db } from '../context/context.ts';

/** Big append-only tables, partitioned by month of their time-ordered id. */
const PARTITIONED = ['audit_entry', 'audit_value', 'event'];
/** Months kept ready ahead of the present one. */
const AHEAD = 2;
const BUSY = '55P03';
const CHECK_VIOLATION = '23514';

/** The smallest UUIDv7 of an instant: what comes later is larger. */
export function lowestUuid(instant: Temporal.Instant): string {
  const hex = instant.epochMilliseconds.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/**
 * Makes the partitions of this month and the next ones, at start-up and nightly. A month that already has rows in the
 * default partition stays there, and a table someone is busy with is left for the next time: nothing depends on it.
 */
export async function preparePartitions(db: Db, now = Temporal.Now.plainDateISO('UTC')): Promise<void> {
  for (const table of PARTITIONED) {
    for (let ahead = 0; ahead <= AHEAD; ahead++) {
      const month = now.with({ day: 1 }).add({ months: ahead });
      await makePartition(db, table, month).catch((error: { code?: string }) => {
        if (error.code !== BUSY && error.code !== CHECK_VIOLATION) throw error;
      });
    }
  }
}

/** Events are for subscribers, which read them within seconds; after two whole months a month of them is dropped. */
export async function dropOldEvents(db: Db, now = Temporal.Now.plainDateISO('UTC')): Promise<void> {
  const oldest = partitionName('event', now.with({ day: 1 }).subtract({ months: 2 }));
  const { rows } = await sql<{ name: string }>`select inhrelid::regclass::text as name from pg_inherits
    where inhparent = 'event'::regclass`.execute(db);
  for (const { name } of rows) {
    if (/^event_\d{4}_\d{2}$/.test(name) && name < oldest)
      await sql`drop table ${sql.table(name)}`.execute(db);
  }
}

const partitionName = (table: string, month: Temporal.PlainDate) =>
  `${table}_${month.toString().slice(0, 7).replace('-', '_')}`;

async function makePartition(db: Db, table: string, month: Temporal.PlainDate): Promise<void> {
  const name = partitionName(table, month);
  const bound = (day: Temporal.PlainDate) => sql.lit(lowestUuid(day.toZonedDateTime('UTC').toInstant()));
  const { rows } = await sql<{ there: boolean }>`select to_regclass(${name}) is not null as there`.execute(
    db,
  );
  if (rows[0]?.there) return;
  await db.transaction().execute(async (transaction) => {
    await sql`set local lock_timeout = '2s'`.execute(transaction);
    await sql`create table if not exists ${sql.table(name)} partition of ${sql.table(table)}
      for values from (${bound(month)}) to (${bound(month.add({ months: 1 }))})`.execute(transaction);
    await leaveOutStatistics(transaction, table, name);
  });
}

/** Columns nobody needs statistics of: unlike the rest of a table, a new partition does not take that over. */
async function leaveOutStatistics(db: Db, table: string, partition: string): Promise<void> {
  const { rows } = await sql<{ column: string }>`select attname as column from pg_attribute
    where attrelid = ${table}::regclass and attstattarget = 0`.execute(db);
  for (const { column } of rows)
    await sql`alter table ${sql.table(partition)} alter column ${sql.ref(column)} set statistics 0`.execute(
      db,
    );
}

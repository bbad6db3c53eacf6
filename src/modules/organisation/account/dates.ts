import type { KyselyPlugin } from 'kysely';
import type { Db } from '../../../platform/context/context.ts';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const INSTANT_COLUMN = /(At|Until)$/;

/** The sign-in library compares instants as `Date`; our connections yield text. */
const dates: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => ({ ...result, rows: result.rows.map(datesOfRow) }),
};

function datesOfRow(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) =>
      INSTANT_COLUMN.test(column) && typeof value === 'string' && INSTANT.test(value)
        ? [column, new Date(value)]
        : [column, value],
    ),
  );
}

export const withDates = (db: Db): Db => db.withPlugin(dates);

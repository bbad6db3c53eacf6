import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';

/** What is settled in batches: rows that wait are taken in together, checked, approved and paid once. */
export interface Settlement {
  /** Names of its commands and of what it writes into the audit begin with it. */
  name: 'commission' | 'rebate';
  /** The record type of its batches, their table, and that of the rows. */
  batch: string;
  table: string;
  rows: string;
  /** The column that says whose a row is, and the field and column in which a batch counts them. */
  head: string;
  heads: { field: string; column: string };
  /** Fields that say which rows a batch takes in; said once, when it is begun. */
  selects: ReadonlySet<string>;
  currencyOf(ctx: Context, batch: Row): string;
  /** Takes in all open rows a batch is meant for; those that stand in another one by then are left to it. */
  take(ctx: Context, batch: Row): Promise<void>;
  /** What follows from paying it. */
  paid?(ctx: Context, batch: Row, day: string): Promise<void>;
}

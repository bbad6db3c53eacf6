import type { RawBuilder } from 'kysely';
import type { Context } from '../context/context.ts';

/** A span of days of the company, both included. */
export interface MeasurePeriod {
  from: string;
  to: string;
}

/** What a number counts in: how it is written and compared. */
export type MeasureUnit = 'times' | 'days' | 'money' | 'percent' | 'number';

/**
 * A number a module can tell of a record, for rules that weigh records: contacts of the last 90 days, sales, margin. Rules
 * know it by name only, so it may be asked for before the module that tells it is there.
 */
export interface MeasureSpec {
  /** Its name in lists is the translation `measure.<name>`. */
  name: string;
  /** The record type it is told of. */
  entity: string;
  unit: MeasureUnit;
  /** Days usually looked back; without it the number is of no period. */
  days?: number;
  /** Of record types that hang on this one: the reference by which their events lead to it. */
  through?: Readonly<Record<string, string>>;
  /** Whose numbers these are: fields the reader must see to be told. Rules look beyond what one person sees. */
  reads?: { entity: string; fields: readonly string[] };
  /** The number of all records that have one, as a query of `id` and `value`: for totals, which would else ask row by row. */
  all?(ctx: Context, period: MeasurePeriod): RawBuilder<unknown>;
  /** The number of a row `alias` as one expression, looked up by index; null where there is none. */
  value(scope: { ctx: Context; alias: string }, period: MeasurePeriod): RawBuilder<unknown>;
}

export type Measures = ReadonlyMap<string, MeasureSpec>;

/** All measures by name; two of one name are a mistake of ours. */
export function measuresOf(declared: readonly MeasureSpec[]): Measures {
  const measures = new Map(declared.map((measure) => [measure.name, measure]));
  if (measures.size < declared.length) throw new Error('a measure is declared twice');
  return measures;
}

/** The last `days` days up to `today`. */
export const lastDays = (today: string, days: number): MeasurePeriod => ({
  from: Temporal.PlainDate.from(today)
    .subtract({ days: days - 1 })
    .toString(),
  to: today,
});

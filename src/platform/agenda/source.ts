import type { RawBuilder, SqlBool } from 'kysely';
import type { Entity } from '../entity/types.ts';

/** A record type whose records stand in the calendar: on which day, at which time, and which of them. */
export interface CalendarSource {
  entity: string;
  /** What the day is, where the record type does not say it: a text key, `calendar.birthday`. */
  label?: string;
  /** The day: a field of its own or a fact. */
  date: string;
  /** The day where that is empty. */
  otherwise?: string;
  /**
   * Where `date` is only the next of days that come round: the field with the day as people say it (`lunar:--08-15`), and a
   * boolean one that is false for what happens once.
   */
  comesRound?: { day: string; yearly?: string };
  /** In whose calendar: of whoever has to do it, or (`root`) of whoever looks after what it hangs on. */
  whose?: 'owner' | 'root';
  /** A boolean field by which records are left out. */
  unless?: string;
  /** The instant, where it may have one. */
  at?: string;
  /** Only these values of a choice are shown; those in `open` are still to come and may be moved. */
  states?: { field: string; shown: readonly string[]; open: readonly string[] };
  /** Which of them besides, as a condition on a row `t`. */
  also?: RawBuilder<SqlBool>;
  /** How long it is taken to last where nothing says so. */
  minutes?: number;
}

/** Sources of record types and fields there are: a company may do without a module. */
export function sourcesIn(
  byName: ReadonlyMap<string, Entity>,
  sources: readonly CalendarSource[],
): { source: CalendarSource; entity: Entity }[] {
  return sources.flatMap((source) => {
    const entity = byName.get(source.entity);
    return entity?.fields[source.date] ? [{ source, entity }] : [];
  });
}

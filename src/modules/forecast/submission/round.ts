import { localToInstant } from '../../../platform/time/instant.shared.ts';

/** When submissions are due, every week. */
export interface Deadline {
  /** Monday is 1. */
  weekday: number;
  time: string;
}

export interface Round {
  /** The day it closes: its name. */
  key: string;
  closesAt: string;
}

/** The round that is open: it closes at the next deadline, and stays then as it is. */
export function roundAt({ weekday, time }: Deadline, zone: string, now: string): Round {
  const today = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate();
  const next = today.add({ days: (weekday - today.dayOfWeek + 7) % 7 });
  const close = (day: Temporal.PlainDate) => localToInstant(`${day}T${time}`, zone);
  const day = Temporal.Instant.compare(close(next), now) > 0 ? next : next.add({ days: 7 });
  return { key: day.toString(), closesAt: close(day) };
}

/** The round before. */
export const roundBefore = (key: string): string =>
  Temporal.PlainDate.from(key).subtract({ days: 7 }).toString();

import type { TimeLimit } from './flow.shared.ts';

/** Working days are Monday to Friday from nine to six, in the company's time zone. */
const OPENS = 9;
const CLOSES = 18;
const SATURDAY = 6;

/** When a time limit that begins now has passed. */
export function dueAt({ hours, clock }: TimeLimit, now: string, timeZone: string): string {
  const minutes = Math.round(hours * 60);
  const from = Temporal.Instant.from(now);
  return clock === 'clock'
    ? from.add({ minutes }).toString()
    : afterWorking(from.toZonedDateTimeISO(timeZone), minutes).toInstant().toString();
}

function afterWorking(from: Temporal.ZonedDateTime, minutes: number): Temporal.ZonedDateTime {
  let at = from;
  let left = minutes;
  for (;;) {
    const opens = at.with({
      hour: OPENS,
      minute: 0,
      second: 0,
      millisecond: 0,
      microsecond: 0,
      nanosecond: 0,
    });
    const closes = opens.with({ hour: CLOSES });
    const working = at.dayOfWeek < SATURDAY;
    const start = Temporal.ZonedDateTime.compare(at, opens) < 0 ? opens : at;
    const rest = working ? Math.max(0, Math.floor(start.until(closes).total('minutes'))) : 0;
    if (rest >= left && working) return start.add({ minutes: left });
    left -= rest;
    at = opens.add({ days: 1 });
  }
}

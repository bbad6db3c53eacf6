import type { MailMode } from './kind.ts';
import type { Preferences } from './preferences.ts';

/** Whether a moment lies in someone's quiet hours. */
export function isQuiet(quiet: Preferences['quiet'], timeZone: string, now: string): boolean {
  if (!quiet || quiet.from === quiet.to) return false;
  const { hour } = Temporal.Instant.from(now).toZonedDateTimeISO(timeZone);
  const { from, to } = quiet;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** When a notification of this moment may go by mail: at once outside quiet hours, else at their end; digests at their hour. */
export function mailTime(
  mode: Exclude<MailMode, 'off'>,
  { digest, quiet }: Pick<Preferences, 'digest' | 'quiet'>,
  timeZone: string,
  now: string,
  urgent = false,
): string {
  const local = Temporal.Instant.from(now).toZonedDateTimeISO(timeZone);
  if (mode === 'now') {
    if (urgent || !quiet || !isQuiet(quiet, timeZone, now)) return now;
    return next(local, quiet.to).toInstant().toString();
  }
  let at = next(local, digest.hour);
  if (mode === 'weekly') while (at.dayOfWeek !== digest.weekday) at = at.add({ days: 1 });
  return at.toInstant().toString();
}

/** The next time the clock shows this hour. */
function next(local: Temporal.ZonedDateTime, hour: number): Temporal.ZonedDateTime {
  const today = local.withPlainTime({ hour });
  return Temporal.ZonedDateTime.compare(today, local) > 0 ? today : today.add({ days: 1 });
}

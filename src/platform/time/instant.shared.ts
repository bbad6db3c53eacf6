/** Instants travel as RFC 3339 in UTC with exactly six digits of the second: `2024-03-05T06:30:00.123456Z`. */
export function instantText(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'microsecond' });
}

export function nowText(): string {
  return instantText(Temporal.Now.instant());
}

/**
 * Reads an instant with `Z` or an offset, and brings it into the travelling form; finer digits than microseconds
 * are cut, as PostgreSQL keeps none.
 * @returns undefined for anything else: a time without zone is no instant
 */
export function parseInstant(text: string): string | undefined {
  try {
    const instant = Temporal.Instant.from(text);
    return /^\d{4}-/.test(instant.toString()) ? instantText(instant) : undefined;
  } catch {
    return undefined;
  }
}

/** A date as it travels, `2024-03-05`; undefined for text that is no day of the calendar (2023-02-29). */
export function parseDateText(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}

/** Is this a time zone the runtime knows (`Asia/Shanghai`)? Offsets such as `+08:00` are zones too. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** The local date in a zone at an instant. */
export function dateIn(zone: string, instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The instant a day begins in a zone: where midnight is skipped by a clock change, the first moment there is. */
export function startOfDay(date: string, zone: string): string {
  return instantText(Temporal.PlainDate.from(date).toZonedDateTime(zone).toInstant());
}

/** The instant of a local date-time (`2024-03-05T14:30`) in a zone; a repeated hour means its first pass. */
export function localToInstant(local: string, zone: string): string {
  return instantText(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant());
}

/** The local date-time in a zone, to the second: what a spreadsheet of a person in that zone should show. */
export function instantToLocal(instant: string, zone: string): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime();
  return local.toString({ smallestUnit: 'second' });
}

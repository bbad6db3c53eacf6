const DAY_MS = 86_400_000;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const LAST_SERIAL = 2_958_466;

export type DatePrecision = 'date' | 'datetime' | 'time';

/**
 * A spreadsheet's day number as ISO text, rounded to the second. Serial 60 of the 1900 system is 29 February 1900,
 * a day Excel invented for compatibility with Lotus 1-2-3: earlier serials are shifted by one, and 60 is no date.
 * @param dated1904 the workbook counts from 1 January 1904 (old Excel for Mac)
 * @returns undefined when the number is no date (negative, after the year 9999)
 */
export function serialToIso(
  serial: number,
  dated1904: boolean,
  precision: DatePrecision = serial % 1 === 0 ? 'date' : 'datetime',
): string | undefined {
  if (!Number.isFinite(serial) || serial < 0 || serial >= LAST_SERIAL) return undefined;
  if (!dated1904 && precision !== 'time' && Math.floor(serial) === 60) return undefined;
  const shifted = !dated1904 && serial < 60 ? serial + 1 : serial;
  const ms = Math.round((shifted * DAY_MS) / 1000) * 1000;
  // A computation on day numbers only: no local time is involved.
  const iso = new Date((dated1904 ? EPOCH_1904 : EPOCH_1900) + ms).toISOString();
  if (iso.length !== 24) return undefined;
  if (precision === 'date') return iso.slice(0, 10);
  return precision === 'time' ? iso.slice(11, 19) : iso.slice(0, 19);
}

/**
 * The day number (1900 system) of an ISO date or local date-time; undefined before March 1900, where Excel's own
 * calendar is wrong, and for text that is no date.
 */
export function isoToSerial(iso: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?)?$/.exec(iso);
  if (!match) return undefined;
  const ms = Date.parse(`${match[1]}T${match[2] ?? '00:00'}Z`);
  const serial = (ms - EPOCH_1900) / DAY_MS;
  return Number.isNaN(serial) || serial < 61 ? undefined : serial;
}

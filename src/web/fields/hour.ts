import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import type { MetaEntity, MetaField } from '../api/types.ts';
import { clockOf, currentZone, dayOf } from './format.ts';

dayjs.extend(utc);
dayjs.extend(timezone);

type Values = Record<string, unknown>;

/** The instant of a clock time on a day, both the reader's. */
export const instantOn = (day: string, clock: string): string =>
  dayjs.tz(`${day}T${clock}`, currentZone()).toISOString();

/** An hour was chosen or taken back; without a day it is today's. */
export function hourChosen(field: MetaField, values: Values, clock: string | null): Values {
  if (clock === null) return { [field.name]: null };
  const day = field.hourOf ? values[field.hourOf] : null;
  if (typeof day === 'string') return { [field.name]: instantOn(day, clock) };
  const today = dayOf(new Date().toISOString());
  return { ...(field.hourOf ? { [field.hourOf]: today } : {}), [field.name]: instantOn(today, clock) };
}

/** A day was chosen: the hours that stand on it go along. */
export function dayChosen(
  { fields }: Pick<MetaEntity, 'fields'>,
  field: MetaField,
  values: Values,
  day: unknown,
): Values {
  const part: Values = { [field.name]: day };
  for (const { name, hourOf } of fields) {
    const at = values[name];
    if (hourOf === field.name && typeof at === 'string')
      part[name] = typeof day === 'string' ? instantOn(day, clockOf(at)) : null;
  }
  return part;
}

import { fold } from '../text/fold.ts';
import { primaryReadings } from '../text/pinyin.ts';

/** All that the administrator makes begins with this, so that it never meets a name of ours, now or later. */
const PREFIX = 'x_';

/** Longest name without prefix; index names built of type and field must stay below PostgreSQL's 63 bytes. */
export const LONGEST_NAME = 20;

/**
 * Letters and digits for a label: 客户等级 → kehudengji, "Credit limit (CNY)" → creditlimitcny. Without an underscore, so
 * that no column of one field (x_level_id, x_level_currency) can be the name of another.
 */
export function nameFrom(label: { zh: string; en: string }, otherwise: string): string {
  for (const text of [label.zh, label.en]) {
    const letters = primaryReadings(fold(text))
      .join('')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .replace(/^[0-9]+/, '')
      .slice(0, LONGEST_NAME);
    if (letters) return letters;
  }
  return otherwise;
}

/** The first of name, name2, name3 … that is free, with prefix. */
export function freeName(name: string, taken: (name: string) => boolean): string {
  for (let count = 1; ; count += 1) {
    const ending = count === 1 ? '' : String(count);
    const full = PREFIX + name.slice(0, LONGEST_NAME - ending.length) + ending;
    if (!taken(full)) return full;
  }
}

/** A name given by the caller, with or without prefix. */
export const prefixed = (name: string): string => (name.startsWith(PREFIX) ? name : PREFIX + name);

/** The route of a record type: x_project → x_projects. */
export const pluralOf = (name: string): string => (/(s|x|ch|sh)$/.test(name) ? `${name}es` : `${name}s`);

import { birthdayText } from '../time/birthday.shared.ts';
import { parseBirthday } from '../time/birthday-words.shared.ts';
import { type DateOptions, parseDate } from './date.shared.ts';
import { done, failed, type Parsed, type Written, writtenText } from './result.shared.ts';
import { isNothing } from './text.shared.ts';

/** A birthday as people write it, solar or lunar, with or without year → its travelling form (`lunar:--08-15`). */
export function parseBirthdayValue(written: Written, options: DateOptions = {}): Parsed<string> {
  const text = writtenText(written);
  if (typeof text !== 'string') return text;
  if (isNothing(text)) return done<string>(null);
  const birthday = typeof written === 'string' || written.kind === 'text' ? parseBirthday(text) : undefined;
  if (birthday) return done(birthdayText(birthday));
  // Dates in other notations, day numbers and real date cells: solar, with their year.
  const date = parseDate(written, options);
  if (date.ok || date.code === 'date_ambiguous') return date;
  return failed('birthday_unreadable', text);
}

import { fold } from '../../../platform/text/fold.ts';
import { foldMail } from '../../../platform/text/mail.ts';
import { parsePhones } from '../../../platform/text/phones.ts';

/** By what a person can be told from others. */
export interface Person {
  name: string | null;
  phones: readonly string[];
  email: string | null;
}

const numbers = (phones: readonly string[]) => phones.flatMap((phone) => parsePhones(phone).phones);

/**
 * Whether two are the same person: by mail, or by a mobile. Other numbers are shared, at a reception or at home: there the
 * names must agree, or one of them be missing.
 */
export function isSame(a: Person, b: Person): boolean {
  if (a.email && b.email && foldMail(a.email) === foldMail(b.email)) return true;
  const known = numbers(b.phones);
  const shared = numbers(a.phones).filter(({ digits }) => known.some((each) => each.digits === digits));
  if (shared.some(({ kind }) => kind === 'mobile')) return true;
  const named = a.name && b.name;
  return shared.length > 0 && (!named || fold(a.name as string) === fold(b.name as string));
}

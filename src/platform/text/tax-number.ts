/** Digits of 统一社会信用代码 (GB 32100-2015): no I, O, S, V, Z. */
const DIGITS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export type TaxNumberNote = 'old_tax_number' | 'bad_length' | 'bad_characters' | 'bad_check_digit';

export interface TaxNumberCheck {
  /** Upper case, half width, without spaces and dashes: the form used for comparing. */
  normalised: string;
  valid: boolean;
  /** What to tell the person; an invalid number is a warning, never a refusal. */
  note?: TaxNumberNote;
}

/**
 * Checks a 统一社会信用代码 (18 characters, weights 3^(i−1) mod 31). The 15-digit tax numbers of before 2015 and the
 * 20-character ones of single traders are accepted with a note.
 */
export function checkTaxNumber(text: string): TaxNumberCheck {
  const normalised = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  if (/^\d{15}$/.test(normalised) || /^\d{17}[\dX]\d{2}$/.test(normalised))
    return { normalised, valid: true, note: 'old_tax_number' };
  if (normalised.length !== 18) return { normalised, valid: false, note: 'bad_length' };
  let sum = 0;
  let weight = 1;
  for (let index = 0; index < 18; index += 1) {
    const value = DIGITS.indexOf(normalised[index]!);
    if (value < 0) return { normalised, valid: false, note: 'bad_characters' };
    if (index < 17) sum += value * weight;
    weight = (weight * 3) % 31;
  }
  const check = (31 - (sum % 31)) % 31;
  return DIGITS[check] === normalised[17]
    ? { normalised, valid: true }
    : { normalised, valid: false, note: 'bad_check_digit' };
}

const GTIN = new Set([8, 12, 13, 14]);

/** A barcode as a scanner gives it: half-width, without spaces. */
export const plainBarcode = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');

/**
 * The check digit of an EAN-8, UPC-A, EAN-13 or ITF-14: weights 3 and 1 from the right.
 * @param body the digits before it
 */
export function checkDigit(body: string): number {
  const sum = [...body]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10;
}

/**
 * Whether a barcode is surely misread or mistyped: digits in the length of a trade number with another check digit. Codes of
 * one's own have other lengths or letters and are taken as they are.
 */
export function isMistyped(barcode: string): boolean {
  if (!/^\d+$/.test(barcode) || !GTIN.has(barcode.length)) return false;
  return checkDigit(barcode.slice(0, -1)) !== Number(barcode.at(-1));
}

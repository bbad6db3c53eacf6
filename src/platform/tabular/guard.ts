/**
 * Spreadsheets run CSV text that starts like a formula, and turn long digits into 1.38E+10. Both are guarded when
 * we write CSV and the guards are undone when we read it, so that a round trip changes nothing:
 *
 * - text a spreadsheet would read as a number, date or time is written `="13800138000"`: Excel and WPS show exactly
 *   the digits as text. (A leading tab does the same but stays in the cell: looking up or copying the phone fails.)
 * - other text that starts like a formula gets a leading `'`. Text that itself looks guarded gets one more.
 */
const FORMULA_START = '=+\\-@\\t\\r\\n＝＋－＠';
const NEEDS_QUOTE = new RegExp(`^'*[${FORMULA_START}]`, 'u');
const HAS_QUOTE = new RegExp(`^'+[${FORMULA_START}]`, 'u');
const AS_TEXT = /^="((?:[^"]|"")*)"$/su;

const LONG_DIGITS = /^\d{11,}$/;
const LEADING_ZERO = /^0\d+$/;
const SIGNED_DIGITS = /^[+-][\d ()-]+$/;
const SCIENTIFIC = /^\d+(\.\d+)?[eE][+-]?\d+$/;
const DATE_LIKE = /^\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?$/;
const TIME_LIKE = /^\d{1,3}:\d{2}(:\d{2})?$/;

/** Text a spreadsheet would silently change on opening a CSV file. */
export function changesInSpreadsheet(text: string): boolean {
  return [LONG_DIGITS, LEADING_ZERO, SIGNED_DIGITS, SCIENTIFIC, DATE_LIKE, TIME_LIKE].some((p) =>
    p.test(text),
  );
}

/** A text value as it is written into a CSV cell (before CSV quoting). */
export function guardText(text: string): string {
  if (changesInSpreadsheet(text)) return `="${text}"`;
  return NEEDS_QUOTE.test(text) ? `'${text}` : text;
}

/** The inverse of `guardText`; other text comes back unchanged. */
export function unguardText(text: string): string {
  const first = text.charCodeAt(0);
  if (first === 0x27) return HAS_QUOTE.test(text) ? text.slice(1) : text;
  if (first !== 0x3d) return text;
  const asText = AS_TEXT.exec(text);
  return asText?.[1] === undefined ? text : asText[1].replaceAll('""', '"');
}

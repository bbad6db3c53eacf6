export type PhoneKind = 'mobile' | 'landline' | 'service' | 'short' | 'foreign';

export interface NormalisedPhone {
  kind: PhoneKind;
  /** The form that is stored and shown: `13812341234`, `0571-88888888-801`, `400-820-8888`; foreign as written. */
  number: string;
  /** Digits alone, without +86: the form that is compared and searched. */
  digits: string;
}

export type PhoneProblem = 'spreadsheet_damage' | 'unrecognised_phone';

export interface ParsedPhones {
  phones: NormalisedPhone[];
  problems: PhoneProblem[];
}

/** `1.38E+10`: a spreadsheet has rounded the number away; nothing can bring it back. */
const DAMAGED = /^\d(?:\.\d+)?e\+?\d{1,2}$/i;
const MOBILE = /^1[3-9]\d{9}$/;
/** 010, 02x with 8 digits, other area codes of four digits with 7 or 8; the area code may be absent. */
const LANDLINE = /^(?:(010|02\d|0[3-9]\d{2})-?)?([1-9]\d{6,7})(?:(?:-|转|ext\.?|x|#|\*)(\d{1,6}))?$/i;
const SERVICE = /^(400|800)(\d{3})(\d{4})$/;
const SHORT = /^(?:9[56]\d{3,6}|1[012]\d{1,3}|12\d{3})$/;

/**
 * Reads a cell that may hold several phone numbers as people write them, separated by / 、 ; ； , or line ends.
 * Nothing is guessed: what is no number is reported and left out.
 */
export function parsePhones(cell: string): ParsedPhones {
  const phones: NormalisedPhone[] = [];
  const problems = new Set<PhoneProblem>();
  const add = (phone: NormalisedPhone) => {
    if (!phones.some((known) => known.number === phone.number)) phones.push(phone);
  };
  for (const written of cell.normalize('NFKC').split(/[/、;,，|\n\r\t]|或/)) {
    const piece = written.trim();
    if (piece === '') continue;
    const whole = parseOne(piece);
    if (whole === 'spreadsheet_damage') problems.add(whole);
    else if (whole) add(whole);
    else {
      const parts = piece.split(/\s+/).map(parseOne);
      const complete = parts.length > 1 && parts.every((part) => part && typeof part === 'object');
      if (complete) for (const part of parts) add(part as NormalisedPhone);
      else problems.add('unrecognised_phone');
    }
  }
  return { phones, problems: [...problems] };
}

function parseOne(text: string): NormalisedPhone | 'spreadsheet_damage' | undefined {
  const piece = text.replace(/^(?:手机|电话|座机|传真|固话|tel|phone|mobile|fax)[::.]?\s*/i, '').trim();
  if (DAMAGED.test(piece)) return 'spreadsheet_damage';
  // A spreadsheet that took the number for a decimal writes 13812341234.0.
  const plain = piece.replace(/^(\d{7,})\.0+$/, '$1');
  const international = /^(?:\+|00)(?!0)/.test(plain) && !/^(?:\+|00)\s*86/.test(plain);
  if (international) {
    const digits = plain.replace(/\D/g, '').replace(/^00/, '');
    const valid = digits.length >= 6 && digits.length <= 15 && /^[+\d\s().-]+$/.test(plain);
    return valid ? { kind: 'foreign', number: plain, digits } : undefined;
  }
  const compact = plain
    .replace(/[‐-―−]/g, '-')
    .replace(/[()\s.]+/g, (gap) => (/[()]/.test(gap) ? '-' : ''))
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
  const national = compact.replace(/^(?:\+|00)86-?/, '').replace(/^86-?(?=1[3-9]\d)/, '');
  const digits = national.replace(/\D/g, '');
  if (/^[\d-]+$/.test(national)) {
    if (MOBILE.test(digits)) return { kind: 'mobile', number: digits, digits };
    if (/^01[3-9]\d{9}$/.test(digits))
      return { kind: 'mobile', number: digits.slice(1), digits: digits.slice(1) };
    const service = SERVICE.exec(digits);
    if (service) return { kind: 'service', number: service.slice(1).join('-'), digits };
    if (SHORT.test(digits) && !national.includes('-')) return { kind: 'short', number: digits, digits };
  }
  return landline(national.startsWith('-') ? national.slice(1) : national, compact !== national);
}

function landline(text: string, withCountry: boolean): NormalisedPhone | undefined {
  // +86 571 8888 8888 leaves out the zero of the area code.
  const found = LANDLINE.exec(text) ?? (withCountry ? LANDLINE.exec(`0${text}`) : null) ?? spaced(text);
  if (!found) return undefined;
  const [, area, subscriber, extension] = found;
  const number = [area, subscriber, extension].filter(Boolean).join('-');
  return { kind: 'landline', number, digits: number.replace(/-/g, '') };
}

/** 0571-8888-8888: the number itself is written in groups. */
function spaced(text: string): RegExpExecArray | null {
  const groups = /^(010|02\d|0[3-9]\d{2})-(\d{3,4})-(\d{4})(?:转(\d{1,6}))?$/.exec(text);
  return groups
    ? LANDLINE.exec(`${groups[1]}-${groups[2]}${groups[3]}${groups[4] ? `-${groups[4]}` : ''}`)
    : null;
}

/**
 * A number for those who may know that it exists, not what it is: 138****1234, 0571-****8888, +1 *** 0100. Four digits at
 * the end stay; anything too short to hide is hidden wholly.
 */
export function maskPhone(number: string): string {
  const digits = number.replace(/\D/g, '');
  if (digits === '') return '';
  if (!number.startsWith('+') && MOBILE.test(digits)) return `${digits.slice(0, 3)}****${digits.slice(7)}`;
  const found = LANDLINE.exec(number.replace(/\s/g, ''));
  if (found) return `${found[1] ? `${found[1]}-` : ''}****${found[2]!.slice(-4)}`;
  const service = SERVICE.exec(digits);
  if (service) return `${service[1]}-****${service[3]!.slice(-4)}`;
  return digits.length < 8
    ? '****'
    : `${number.startsWith('+') ? '+' : ''}${digits.slice(0, 2)}****${digits.slice(-4)}`;
}

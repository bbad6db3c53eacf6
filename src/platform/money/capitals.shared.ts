import { roundMoney } from './money.shared.ts';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
/** Of four digits each, from the right: ones, 万, 亿, and the 万 before 亿. */
const SECTIONS = ['', '万', '亿', '万'];

/**
 * An amount of yuan in banker's capitals (大写), by 正确填写票据和结算凭证的基本规定: 107000.53 is
 * 人民币壹拾万柒仟元零伍角叁分. Where the rule leaves a choice, the shorter usual form is taken: no 零 after a 万
 * whose ones place is 0, a 零 after 元 when its ones place or the 角 is 0, 整 only after 元.
 * @param amount a plain decimal, rounded to fen; less than ten quadrillion (16 digits before the point)
 * @throws RangeError for a larger amount
 */
export function capitalAmount(amount: string, prefix = '人民币'): string {
  const rounded = roundMoney(amount, 'CNY');
  const [whole = '0', cents = '00'] = rounded.replace('-', '').split('.');
  if (whole.length > 16) throw new RangeError(`${amount} has no form in capitals`);
  const start = prefix + (rounded.startsWith('-') ? '负' : '');
  const yuan = capitalInteger(whole);
  if (yuan === '') return start + capitalCents(cents, false, true);
  return `${start}${yuan}元${capitalCents(cents, whole.endsWith('0'), false)}`;
}

/** @param afterZero the ones place of the yuan is 0: then 零 stands before the 角 */
function capitalCents(cents: string, afterZero: boolean, alone: boolean): string {
  const [jiao, fen] = [Number(cents[0]), Number(cents[1])];
  if (jiao === 0 && fen === 0) return alone ? '零元整' : '整';
  const zero = !alone && (jiao === 0 || afterZero) ? '零' : '';
  return `${zero}${jiao > 0 ? `${DIGITS[jiao]}角` : ''}${fen > 0 ? `${DIGITS[fen]}分` : ''}`;
}

/** Four digits at a time: …万亿, 亿, 万, ones. */
function capitalInteger(whole: string): string {
  const padded = whole.padStart(Math.ceil(whole.length / 4) * 4, '0');
  const sections = padded.match(/\d{4}/g) ?? [];
  let text = '';
  let gap = false;
  sections.forEach((digits, index) => {
    const section = sections.length - 1 - index;
    if (digits === '0000') {
      // 1 0000 5000 0000: the 亿 that the 万 before it counts is named although its own digits are empty.
      if (section === 2 && text !== '') text += '亿';
      gap = text !== '';
      return;
    }
    if (text !== '' && (gap || digits.startsWith('0'))) text += '零';
    text += capitalSection(digits) + SECTIONS[section];
    gap = false;
  });
  return text;
}

function capitalSection(digits: string): string {
  let text = '';
  let gap = false;
  for (let index = 0; index < 4; index++) {
    const digit = Number(digits[index]);
    if (digit === 0) {
      gap = text !== '';
      continue;
    }
    text += (gap ? '零' : '') + DIGITS[digit] + PLACES[3 - index];
    gap = false;
  }
  return text;
}

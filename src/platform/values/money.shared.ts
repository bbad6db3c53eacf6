import { isCurrency, minorUnits } from '../money/currencies.shared.ts';
import { isTooPrecise, type Money, money } from '../money/money.shared.ts';
import { type NumberOptions, parseNumber } from './number.shared.ts';
import { done, failed, type Parsed, type Written, writtenText } from './result.shared.ts';
import { isNothing, toHalfWidth } from './text.shared.ts';

const SIGNS: Record<string, string> = {
  '¥': 'CNY',
  元: 'CNY',
  圆: 'CNY',
  块: 'CNY',
  人民币: 'CNY',
  人民币元: 'CNY',
  rmb: 'CNY',
  'cn¥': 'CNY',
  cnh: 'CNY',
  us$: 'USD',
  美元: 'USD',
  美金: 'USD',
  '€': 'EUR',
  欧元: 'EUR',
  '£': 'GBP',
  英镑: 'GBP',
  hk$: 'HKD',
  港币: 'HKD',
  港元: 'HKD',
  日元: 'JPY',
  'jp¥': 'JPY',
  円: 'JPY',
  nt$: 'TWD',
  新台币: 'TWD',
  台币: 'TWD',
  '₩': 'KRW',
  韩元: 'KRW',
  s$: 'SGD',
  新加坡元: 'SGD',
  a$: 'AUD',
  澳元: 'AUD',
  c$: 'CAD',
  加元: 'CAD',
  '₽': 'RUB',
  卢布: 'RUB',
  '₹': 'INR',
  '฿': 'THB',
  泰铢: 'THB',
  '₫': 'VND',
  越南盾: 'VND',
  瑞士法郎: 'CHF',
  澳门元: 'MOP',
};

function currencyOf(word: string): string | undefined {
  const code = word.toUpperCase();
  const sign = word.toLowerCase();
  return (Object.hasOwn(SIGNS, sign) ? SIGNS[sign] : undefined) ?? (isCurrency(code) ? code : undefined);
}

/**
 * An amount with or without currency, before or after it: `￥1,200.00`, `USD 1,200`, `1.2万元`, `1200.5 美元`,
 * `-¥5`, `(¥1,200.00)`. A bare `$` counts as the default currency when that is a dollar, otherwise as USD.
 * An amount finer than its currency's smallest unit is refused.
 * @param currency of an amount without sign
 */
export function parseMoney(written: Written, currency: string, options: NumberOptions = {}): Parsed<Money> {
  if (typeof written !== 'string' && written.kind !== 'text') {
    const number = parseNumber(written, options);
    return number.ok ? exactly(number.value, currency, written.text) : number;
  }
  const text = writtenText(written);
  if (typeof text !== 'string') return text;
  if (isNothing(text)) return done<Money>(null);
  const plain = toHalfWidth(text)
    .replace(/￥/g, '¥')
    .replace(/[整正]$/, '')
    .trim();
  const match =
    /^([(]?)([+-]?)\s*([^\d.,/()+-]*)([+-]?)\s*([\d.,'_\s]+)\s*(万亿|千万|百万|[百千万萬亿億])?\s*([^\d\s.,/()]*)([)]?)$/.exec(
      plain,
    );
  if (!match?.[5] || (match[1] === '') !== (match[8] === '')) return failed('money_unreadable', text);
  const words = `${match[3]} ${match[7]}`.split(' ').filter((word) => word !== '');
  const found = new Set<string>();
  for (const word of words) {
    const code = word === '$' ? dollar(currency) : currencyOf(word);
    if (code === undefined) return failed('money_currency_unknown', text, { currency: word });
    found.add(code);
  }
  // ¥ is both yuan and yen: another word next to it decides (JPY ¥1,200).
  if (found.size > 1 && words.includes('¥') && found.has('JPY')) found.delete('CNY');
  if (found.size > 1) return failed('money_unreadable', text);
  const negative = match[1] === '(' || match[2] === '-' || match[4] === '-';
  const number = parseNumber(`${negative ? '-' : ''}${match[5].trim()}${match[6] ?? ''}`, options);
  if (!number.ok)
    return number.code === 'number_ambiguous'
      ? failed('number_ambiguous', text)
      : failed('money_unreadable', text);
  const [code = currency] = found;
  return exactly(number.value ?? '0', code, text);
}

/** Money is never rounded behind anyone's back: what is finer than the currency's smallest unit is refused. */
function exactly(amount: string | null, currency: string, text: string): Parsed<Money> {
  if (amount === null) return done<Money>(null);
  return isTooPrecise(amount, currency)
    ? failed('money_too_precise', text, { currency, digits: minorUnits(currency) })
    : done(money(amount, currency));
}

const DOLLARS = new Set(['USD', 'HKD', 'SGD', 'AUD', 'CAD', 'TWD', 'NZD', 'MOP']);
const dollar = (currency: string) => (DOLLARS.has(currency) ? currency : 'USD');

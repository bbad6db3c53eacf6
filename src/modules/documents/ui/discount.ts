import { Exact } from '../../../platform/money/money.shared.ts';
import { decimalOf, isDecimal } from '../../../web/lines/rows.ts';

/** How a discount is written: 9 zhe, or 10 % off. It is kept as per cent off. */
export type DiscountMode = 'zhe' | 'percent';

const ZHE = '\u6298';

/** What people write as a discount, as per cent off: `9`, `95` and `8.5` zhe, `10%`; the text itself where it is none. */
export function discountOf(text: string, mode: DiscountMode): string | null {
  const plain = text.normalize('NFKC').trim();
  if (plain === '') return null;
  const percent = plain.endsWith('%');
  const zhe = !percent && (mode === 'zhe' || plain.endsWith(ZHE));
  const number = decimalOf(plain.replace(/(\u6298|%|off)$/i, ''));
  if (!isDecimal(number)) return number;
  if (!zhe) return number;
  // 95 zhe is 9.5 zhe: nobody sells at ten times the price.
  const tenths = new Exact(number).gt(10) ? new Exact(number).dividedBy(10) : new Exact(number);
  return new Exact(100).minus(tenths.times(10)).toFixed();
}

/** Per cent off as it is written: 10 is 9 (zhe) or 10 (%). Nothing off is an empty cell. */
export function discountText(percent: unknown, mode: DiscountMode): string {
  if (!isDecimal(percent)) return percent === null || percent === undefined ? '' : String(percent);
  if (new Exact(percent).isZero()) return '';
  if (mode === 'percent') return new Exact(percent).toFixed();
  return new Exact(100).minus(percent).dividedBy(10).toFixed();
}

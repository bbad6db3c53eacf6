import { currentLanguage, say } from '../../../web/i18n/index.ts';
import { decimalOf, isDecimal, type Row } from '../../../web/lines/rows.ts';
import type { LineRules } from '../../../web/lines/rules.ts';
import type { ModuleUi } from '../../../web/slots.ts';
import { amountsOf } from './amounts.ts';
import { DiscountCell, discountMode } from './DiscountCell.tsx';
import { discountOf, discountText } from './discount.ts';
import { completeLine } from './offered.ts';
import { TaxCell, taxText } from './TaxCell.tsx';
import { Totals } from './Totals.tsx';
import './documents.css';

const rules: LineRules = {
  fits: ({ fields }) =>
    ['quantity', 'price', 'taxRate', 'gross'].every((name) => fields.some((field) => field.name === name)),
  fresh: () => ({ taxRate: '0.13' }),
  figures(head: Row, rows, currency) {
    const amounts = amountsOf(head, rows, currency);
    return rows.map((_, at) => {
      const gross = amounts?.lines[at]?.gross;
      return gross === undefined ? {} : { gross: { amount: gross, currency } };
    });
  },
  complete: completeLine,
  read(field, text) {
    if (field === 'discount') return discountOf(text, discountMode());
    if (field === 'taxRate') return shareOf(text);
    return undefined;
  },
  cells: { discount: DiscountCell, taxRate: TaxCell },
  text(field, value) {
    if (field === 'taxRate') return value === undefined ? '' : taxText(value);
    if (field !== 'discount') return undefined;
    const mode = currentLanguage() === 'zh' ? 'zhe' : 'percent';
    const text = discountText(value, mode);
    return text && say(`documents.discounted.${mode}`, { text });
  },
  label: (field) => (field === 'discount' ? say('documents.discountLabel') : undefined),
  Foot: Totals,
};

/** `13%`, `13` and `0.13` are one rate; exempt is none. */
function shareOf(text: string): string | null {
  const number = decimalOf(text.replace(/%$/, ''));
  if (!isDecimal(number)) return null;
  const percent = text.trim().endsWith('%') || Number(number) >= 1;
  return percent ? String(Math.round(Number(number) * 1e4) / 1e6) : number;
}

/** Lines of quotes, orders and contracts add up while they are written. */
export const ui: ModuleUi = { lines: [rules] };

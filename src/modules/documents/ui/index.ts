import { lazy } from 'react';
import { currentLanguage, say } from '../../../web/i18n/index.ts';
import { decimalOf, isDecimal, type Row } from '../../../web/lines/rows.ts';
import type { LineRules } from '../../../web/lines/rules.ts';
import type { ModuleUi } from '../../../web/slots.ts';
import { groupAt } from '../lines/groups.shared.ts';
import { shownGroups } from '../lines/whole.shared.ts';
import { amountsOf } from './amounts.ts';
import { DiscountCell, discountMode } from './DiscountCell.tsx';
import { discountOf, discountText } from './discount.ts';
import { followWhole } from './follow.ts';
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
      const gross = amounts?.rows[at]?.gross;
      return gross === undefined ? {} : { gross: { amount: gross, currency } };
    });
  },
  complete: completeLine,
  hidden: ['bundled', 'insteadOf', 'inOne', 'weight'],
  together: (rows, at) => groupAt(rows, at, ({ bundled }) => bundled),
  tells: (field, rows) =>
    !OTHER_PRICES.has(field) ||
    rows.some(({ [field]: other, price }) => other && Number(other) !== Number(price)),
  isBeneath: ({ bundled }) => bundled === 'part',
  isSettled: ({ bundled }, field) =>
    (bundled === 'part' && OF_WHOLE.has(field)) || (bundled === 'whole' && field === 'taxRate'),
  follow: followWhole,
  Note: lazy(() => import('./PartNote.tsx').then((m) => ({ default: m.PartNote }))),
  Intake: lazy(() => import('./Scan.tsx').then((m) => ({ default: m.Scan }))),
  Aside: lazy(() => import('./Margins.tsx').then((m) => ({ default: m.LineMargin }))),
  read(field, text) {
    if (field === 'discount') return discountOf(text, discountMode());
    if (field === 'taxRate') return shareOf(text);
    return undefined;
  },
  cells: { discount: DiscountCell, taxRate: TaxCell },
  text(field, value, row) {
    if (field === 'taxRate') {
      // A bundle whose parts are taxed differently has no rate of its own.
      const none = value === undefined || (row?.bundled === 'whole' && value === null);
      return none ? '' : taxText(value);
    }
    // Their price is what the bundle's comes to by weight, known once it is saved.
    if (field === 'price' && row?.bundled === 'part' && !row.id) return say('documents.partPrice');
    if (field !== 'discount') return undefined;
    const mode = currentLanguage() === 'zh' ? 'zhe' : 'percent';
    const text = discountText(value, mode);
    return text && say(`documents.discounted.${mode}`, { text });
  },
  shown: (rows) => shownGroups(rows).flatMap(({ line, parts }) => [line, ...parts]),
  label: (field) => (field === 'discount' ? say('documents.discountLabel') : undefined),
  Foot: Totals,
};

/** What something costs by list or by the books, of interest where something else was agreed. */
const OTHER_PRICES = new Set(['listPrice', 'offeredPrice']);

/** Of a part of a bundle these follow from its line. */
const OF_WHOLE = new Set(['product', 'unit', 'quantity', 'price', 'discount']);

/** `13%`, `13` and `0.13` are one rate; exempt is none. */
function shareOf(text: string): string | null {
  const number = decimalOf(text.replace(/%$/, ''));
  if (!isDecimal(number)) return null;
  const percent = text.trim().endsWith('%') || Number(number) >= 1;
  return percent ? String(Math.round(Number(number) * 1e4) / 1e6) : number;
}

/** Lines of quotes, orders and contracts add up while they are written. */
export const ui: ModuleUi = { lines: [rules] };

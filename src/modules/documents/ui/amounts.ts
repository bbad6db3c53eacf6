import { Exact } from '../../../platform/money/money.shared.ts';
import type { LineTax } from '../../../platform/money/tax.shared.ts';
import { isDecimal, type Row } from '../../../web/lines/rows.ts';
import { documentAmounts, type LineTerms, lineAmount } from '../lines/amounts.shared.ts';
import { groupsOf } from '../lines/groups.shared.ts';

export interface Amounts {
  /** Row by row; of a bundle what its parts come to, and of these their shares. */
  rows: LineTax[];
  total: LineTax;
  /** Before the deduction. */
  sum: string;
  deduction: string | null;
}

const NONE: LineTerms = { quantity: '0', price: '0', discount: null, taxRate: null };

/** What the rows come to as they are written; a row not yet whole counts nothing. Null where the deduction cannot be taken off. */
export function amountsOf(head: Row, rows: readonly Row[], currency: string): Amounts | null {
  const groups = groupsOf(rows, ({ bundled }) => bundled);
  const lines = groups.map(({ line, parts }) => termsOf(line, parts));
  const deduction = isDecimal(head.deduction) ? head.deduction : null;
  const sum = lines.reduce((all, line) => all.plus(lineAmount(line, currency)), new Exact(0)).toFixed();
  try {
    const pricesIncludeTax = head.pricesIncludeTax !== false;
    const { lines: own, total } = documentAmounts(lines, { currency, pricesIncludeTax, deduction });
    return { rows: own.flatMap((line) => [line, ...line.parts]), total, sum, deduction };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const rateOf = ({ taxRate }: Row) => (isDecimal(taxRate) ? taxRate : null);

function termsOf(row: Row, parts: readonly Row[]): LineTerms {
  const { quantity, price, discount } = row;
  const under = parts.map((part) => ({
    weight: isDecimal(part.weight) ? part.weight : '0',
    taxRate: rateOf(part),
  }));
  if (!isDecimal(quantity) || !isDecimal(price)) return { ...NONE, parts: under };
  return {
    quantity,
    price,
    discount: isDecimal(discount) ? discount : null,
    taxRate: rateOf(row),
    parts: under,
  };
}

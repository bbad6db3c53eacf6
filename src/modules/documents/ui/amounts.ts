import { Exact } from '../../../platform/money/money.shared.ts';
import type { LineTax } from '../../../platform/money/tax.shared.ts';
import { isDecimal, type Row } from '../../../web/lines/rows.ts';
import { documentAmounts, type LineTerms, lineAmount } from '../lines/amounts.shared.ts';

export interface Amounts {
  lines: LineTax[];
  total: LineTax;
  /** Before the deduction. */
  sum: string;
  deduction: string | null;
}

const NONE: LineTerms = { quantity: '0', price: '0', discount: null, taxRate: null };

/** What the rows come to as they are written; a row not yet whole counts nothing. Null where the deduction cannot be taken off. */
export function amountsOf(head: Row, rows: readonly Row[], currency: string): Amounts | null {
  const lines = rows.map(termsOf);
  const deduction = isDecimal(head.deduction) ? head.deduction : null;
  const sum = lines.reduce((all, line) => all.plus(lineAmount(line, currency)), new Exact(0)).toFixed();
  try {
    const pricesIncludeTax = head.pricesIncludeTax !== false;
    return { ...documentAmounts(lines, { currency, pricesIncludeTax, deduction }), sum, deduction };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function termsOf({ quantity, price, discount, taxRate }: Row): LineTerms {
  if (!isDecimal(quantity) || !isDecimal(price)) return NONE;
  return {
    quantity,
    price,
    discount: isDecimal(discount) ? discount : null,
    taxRate: isDecimal(taxRate) ? taxRate : null,
  };
}

import { allocateMoney, Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import { addTax, type LineTax, splitTax, sumTax } from '../../../platform/money/tax.shared.ts';

/** What a line's amounts follow from; all plain decimals. */
export interface LineTerms {
  quantity: string;
  /** Of one unit; includes tax or not as the document says. */
  price: string;
  /** Percent taken off the price, 0 to 100. */
  discount: string | null;
  /** Share of one, `0.13`; `null` for 免税. */
  taxRate: string | null;
}

export interface DocumentTerms {
  currency: string;
  /** 含税价, the rule here. */
  pricesIncludeTax: boolean;
  /** 整单优惠: taken off the document as a whole, spread over its lines by their size. */
  deduction: string | null;
}

/** The amount of a line before the document's deduction: quantity × price less its discount, rounded once. */
export const lineAmount = ({ quantity, price, discount }: LineTerms, currency: string): string =>
  roundMoney(
    new Exact(quantity)
      .times(price)
      .times(new Exact(100).minus(discount ?? 0))
      .dividedBy(100),
    currency,
  );

/**
 * The amounts of all lines of a document and their sums. A deduction is spread so that the lines add up to the total to the
 * last fen; tax is split line by line (rules: 不含税 = round(价税合计 ÷ (1 + r), 2), totals are sums of lines).
 * @throws RangeError for a deduction larger than the lines' amounts together, which are not all above zero
 */
export function documentAmounts(
  lines: readonly LineTerms[],
  { currency, pricesIncludeTax, deduction }: DocumentTerms,
): { lines: LineTax[]; total: LineTax } {
  const amounts = lines.map((line) => lineAmount(line, currency));
  const left = deduct(amounts, deduction, currency);
  const taxed = left.map((amount, at) => {
    const rate = (lines[at] as LineTerms).taxRate;
    return pricesIncludeTax ? splitTax(amount, rate, currency) : addTax(amount, rate, currency);
  });
  return { lines: taxed, total: sumTax(taxed, currency) };
}

function deduct(amounts: readonly string[], deduction: string | null, currency: string): string[] {
  if (!deduction || new Exact(deduction).isZero()) return [...amounts];
  const sum = amounts.reduce((all, amount) => all.plus(amount), new Exact(0));
  if (sum.lt(deduction) || amounts.some((amount) => amount.startsWith('-')))
    throw new RangeError(`${deduction} cannot be taken off ${sum.toFixed()}`);
  const parts = allocateMoney({ amount: roundMoney(deduction, currency), currency }, amounts);
  return amounts.map((amount, at) => roundMoney(new Exact(amount).minus(parts[at]?.amount ?? 0), currency));
}

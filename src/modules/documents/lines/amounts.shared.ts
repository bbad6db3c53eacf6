import { allocateMoney, Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import { addTax, type LineTax, splitTax, sumTax } from '../../../platform/money/tax.shared.ts';

/** 增值税 for goods, where neither line nor product says otherwise. */
export const USUAL_TAX_RATE = '0.13';

/** What a line's amounts follow from; all plain decimals. */
export interface LineTerms {
  quantity: string;
  /** Of one unit; includes tax or not as the document says. */
  price: string;
  /** Percent taken off the price, 0 to 100. */
  discount: string | null;
  /** Share of one, `0.13`; `null` for 免税. */
  taxRate: string | null;
  /** Of a bundle: what its amount is split over, each taxed by its own rate. */
  parts?: readonly PartTerms[];
}

/** What the share of a bundle's part follows from. */
export interface PartTerms {
  /** Against those of the other parts. */
  weight: string;
  taxRate: string | null;
}

/** What a line comes to; of a bundle also each of its parts, which add up to it. */
export interface LineAmounts extends LineTax {
  parts: LineTax[];
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
 * last fen, a bundle like any other line; what is left of a bundle is split over its parts in the same way. Tax is split line by
 * line, of a bundle part by part (rules: 不含税 = round(价税合计 ÷ (1 + r), 2), totals are sums of lines).
 * @throws RangeError for a deduction larger than the lines' amounts together, which are not all above zero
 */
export function documentAmounts(
  lines: readonly LineTerms[],
  { currency, pricesIncludeTax, deduction }: DocumentTerms,
): { lines: LineAmounts[]; total: LineTax } {
  const amounts = lines.map((line) => lineAmount(line, currency));
  const left = deduct(amounts, deduction, currency);
  const tax = (amount: string, rate: string | null) =>
    pricesIncludeTax ? splitTax(amount, rate, currency) : addTax(amount, rate, currency);
  const taxed = left.map((amount, at): LineAmounts => {
    const { taxRate, parts } = lines[at] as LineTerms;
    if (!parts?.length) return { ...tax(amount, taxRate), parts: [] };
    const shares = splitByWeight(amount, currency, parts);
    const own = parts.map((part, place) => tax(shares[place] as string, part.taxRate));
    return { ...sumTax(own, currency), parts: own };
  });
  return { lines: taxed, total: sumTax(taxed, currency) };
}

/** Shares of an amount that add up to it, by weight; equal ones where nothing has any. */
export function splitByWeight(
  amount: string,
  currency: string,
  parts: readonly Pick<PartTerms, 'weight'>[],
): string[] {
  const weighed = parts.some(({ weight }) => new Exact(weight).gt(0));
  const weights = parts.map(({ weight }) => (weighed ? weight : '1'));
  return allocateMoney({ amount, currency }, weights).map((share) => share.amount);
}

function deduct(amounts: readonly string[], deduction: string | null, currency: string): string[] {
  if (!deduction || new Exact(deduction).isZero()) return [...amounts];
  const sum = amounts.reduce((all, amount) => all.plus(amount), new Exact(0));
  if (sum.lt(deduction) || amounts.some((amount) => amount.startsWith('-')))
    throw new RangeError(`${deduction} cannot be taken off ${sum.toFixed()}`);
  const parts = allocateMoney({ amount: roundMoney(deduction, currency), currency }, amounts);
  return amounts.map((amount, at) => roundMoney(new Exact(amount).minus(parts[at]?.amount ?? 0), currency));
}

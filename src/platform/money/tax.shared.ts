import { Exact, roundMoney } from './money.shared.ts';

/** One line of a quote, order or invoice: all three amounts in the currency's digits. */
export type LineTax = { gross: string; net: string; tax: string };

/**
 * Splits a price that includes tax (含税价, the rule here): 不含税 = round(价税合计 ÷ (1 + r), 2), 税额 = 价税合计 −
 * 不含税. 100.00 at 13% = 88.50 + 11.50. Totals are sums of lines, never computed from a total.
 * @param rate share of one as a plain decimal (`0.13`); `null` for 免税, which is no tax but not the rate 0%
 */
export function splitTax(gross: string, rate: string | null, currency = 'CNY'): LineTax {
  const amount = roundMoney(gross, currency);
  const net = roundMoney(new Exact(amount).dividedBy(new Exact(1).plus(rate ?? 0)), currency);
  return { gross: amount, net, tax: roundMoney(new Exact(amount).minus(net), currency) };
}

/** Adds tax to a price without it (不含税价): 税额 = round(不含税 × r, 2). */
export function addTax(net: string, rate: string | null, currency = 'CNY'): LineTax {
  const amount = roundMoney(net, currency);
  const tax = roundMoney(new Exact(amount).times(rate ?? 0), currency);
  return { net: amount, tax, gross: roundMoney(new Exact(amount).plus(tax), currency) };
}

/** Totals of a document: the sums of its lines. */
export function sumTax(lines: readonly LineTax[], currency = 'CNY'): LineTax {
  const sum = (pick: (line: LineTax) => string) =>
    roundMoney(
      lines.reduce((total, line) => total.plus(pick(line)), new Exact(0)),
      currency,
    );
  return { gross: sum(({ gross }) => gross), net: sum(({ net }) => net), tax: sum(({ tax }) => tax) };
}

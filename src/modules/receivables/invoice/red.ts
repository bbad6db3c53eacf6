import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import { splitTax, sumTax } from '../../../platform/money/tax.shared.ts';

interface BlueLine {
  id: string;
  quantity: string;
  gross: string;
  net: string;
  currency: string;
  tax_rate: string | null;
  /** What red invoices, issued or asked for, have taken back. */
  gone_quantity: string;
  gone_gross: string;
  gone_net: string;
}

/** The lines of a blue invoice, and what of each has been taken back already. */
export async function blueLines(ctx: Context, invoice: string): Promise<BlueLine[]> {
  const { rows } =
    await sql<BlueLine>`select l.id, l.quantity::text, l.gross::text, l.net::text, l.gross_currency as currency,
      l.tax_rate::text, coalesce(-sum(r.quantity), 0)::text as gone_quantity,
      coalesce(-sum(r.gross), 0)::text as gone_gross, coalesce(-sum(r.net), 0)::text as gone_net
    from invoice_line l
    left join (select r.* from invoice_line r join invoice i on i.id = r.invoice_id
      where i.red_of_id = ${invoice} and i.status in ('applied', 'issued') and i.deleted_at is null) r on r.blue_line_id = l.id
    where l.invoice_id = ${invoice} and l.deleted_at is null group by l.id order by l.position, l.id`.execute(
      ctx.db,
    );
  return rows;
}

/** What of a line is left to be taken back. */
export const leftOf = ({ quantity, gone_quantity }: BlueLine): string =>
  new Exact(quantity).minus(gone_quantity).toFixed();

/**
 * The amounts of a red invoice follow from the blue one's: a part by its quantity, the last part all that is left, so that together
 * they come to exactly what was invoiced.
 */
export function redAmounts(line: BlueLine, quantity: string): { gross: string; net: string; tax: string } {
  const { currency } = line;
  const minus = (amount: string) => roundMoney(new Exact(amount).negated(), currency);
  if (new Exact(quantity).eq(leftOf(line))) {
    const gross = roundMoney(new Exact(line.gross).minus(line.gone_gross), currency);
    const net = roundMoney(new Exact(line.net).minus(line.gone_net), currency);
    return { gross: minus(gross), net: minus(net), tax: minus(new Exact(gross).minus(net).toFixed()) };
  }
  const share = roundMoney(new Exact(line.gross).times(quantity).dividedBy(line.quantity), currency);
  const part = splitTax(share, line.tax_rate, currency);
  return { gross: minus(part.gross), net: minus(part.net), tax: minus(part.tax) };
}

/** Puts the amounts into a red draft, whose lines name those of the blue invoice by quantities below zero. */
export async function fillRed(ctx: Context, draft: Draft): Promise<void> {
  const lines = draft.parts?.lines ?? [];
  const blue = new Map((await blueLines(ctx, draft.values.redOf as string)).map((each) => [each.id, each]));
  const currency = draftValue(draft, 'currency') as string;
  const money = (amount: string) => ({ amount, currency });
  const taken = lines.map((line) => {
    const of = blue.get(line.values.blueLine as string) as BlueLine;
    const amounts = redAmounts(of, new Exact(line.values.quantity as string).negated().toFixed());
    Object.assign(line.values, {
      gross: money(amounts.gross),
      net: money(amounts.net),
      taxAmount: money(amounts.tax),
    });
    return amounts;
  });
  const total = sumTax(taken, currency);
  Object.assign(draft.values, {
    total: money(total.gross),
    net: money(total.net),
    taxAmount: money(total.tax),
  });
}

import { Exact } from '../../../platform/money/money.shared.ts';
import type { MoneyValue, WireRecord } from '../../../web/api/types.ts';

/** What a dialog of a step with money is given. */
export interface MoneyDialogProps {
  label: string;
  record: WireRecord;
  /** Sends what was said. */
  take(body: object): Promise<void>;
  onClose(): void;
}

/** Something open, as far as money is spread over it. */
export interface OpenLine {
  key: string;
  open: MoneyValue;
  /** Beside the orders and contracts: paid through them. */
  invoice: boolean;
}

/** Free money over what is open in the order it stands; invoices and other currencies are left to people. */
export function spread(free: MoneyValue, lines: readonly OpenLine[]): Record<string, string> {
  let left = new Exact(free.amount);
  const shares: Record<string, string> = {};
  for (const { key, open, invoice } of lines) {
    if (invoice || open.currency !== free.currency || left.lte(0)) continue;
    const share = Exact.min(left, open.amount);
    shares[key] = share.toFixed();
    left = left.minus(share);
  }
  return shares;
}

const isAmount = (text: string) => /^\d{1,15}(\.\d{1,6})?$/.test(text.trim());

/** What is left of free money after these shares; null where one of them is no amount. */
export function leftOf(free: MoneyValue, shares: Readonly<Record<string, string>>): string | null {
  const texts = Object.values(shares).filter((text) => text.trim() !== '');
  if (!texts.every(isAmount)) return null;
  return texts.reduce((all, text) => all.minus(text.trim()), new Exact(free.amount)).toFixed();
}

/** Of so much paid for so much: what stays owed, or is paid beyond it; null where it is just that. */
export function difference(paid: string, open: string): { kind: 'part' | 'over'; amount: string } | null {
  if (!isAmount(paid)) return null;
  const rest = new Exact(open).minus(paid.trim());
  if (rest.isZero()) return null;
  return { kind: rest.isNegative() ? 'over' : 'part', amount: rest.abs().toFixed() };
}

import { Exact } from '../../../platform/money/money.shared.ts';
import { sameRow } from '../../../web/lines/keys.ts';
import { isDecimal, type Row } from '../../../web/lines/rows.ts';

/** What of the parts follows from the line of their bundle: how many they are. */
export function followWhole({ bundled, quantity }: Row, parts: readonly Row[]): Row[] {
  if (bundled !== 'whole' || !isDecimal(quantity)) return [...parts];
  return parts.map((part) => {
    const now = new Exact(isDecimal(part.inOne) ? part.inOne : 1)
      .times(quantity)
      .toDecimalPlaces(6)
      .toFixed();
    // A changed row is a new one, and would lose its place on the screen.
    return now === part.quantity ? part : sameRow(part, { ...part, quantity: now });
  });
}

import { Exact } from '../../../platform/money/money.shared.ts';
import { isDecimal, type Row } from '../../../web/lines/rows.ts';

/** What a barcode is on. */
export interface Scanned {
  product: { id: string; title: string };
  unit: string;
}

/** The row that already has what was scanned, in the same unit; what is in a bundle belongs to that. */
export const rowWith = (rows: readonly Row[], { product, unit }: Scanned): number =>
  rows.findIndex(
    (row) =>
      row.bundled !== 'part' &&
      (row.product as { id: string } | null | undefined)?.id === product.id &&
      (row.unit ?? unit) === unit,
  );

/** One more of it. */
export const oneMore = ({ quantity }: Row): string =>
  new Exact(isDecimal(quantity) ? quantity : 0).plus(1).toFixed();

import type { PaperRow } from '../../../platform/papers/record.ts';
import { shownGroups } from './whole.shared.ts';

/** What of a part is its bundle's alone. */
const OF_WHOLE = { price: null, discount: null, gross: null, net: null, taxAmount: null };

/**
 * Lines as they stand on paper: a bundle with what its parts come to, they beneath it without amounts of their own, or not at
 * all. Only lines of their own are counted.
 */
export const paperRows = (rows: readonly PaperRow[], parts: boolean): PaperRow[] =>
  shownGroups(rows).flatMap(({ line, parts: own }, at) => [
    { ...line, ...(own.length && 'taxRate' in line ? { taxRate: line.taxRate ?? '' } : {}), no: at + 1 },
    ...(parts
      ? own.map((part) => ({ ...part, ...withoutAmounts(part), name: `　· ${part.name ?? ''}`, no: '' }))
      : []),
  ]);

/** What the reader may not see stays unseen: only what is told is left out. */
const withoutAmounts = (part: PaperRow): PaperRow =>
  Object.fromEntries(Object.entries(OF_WHOLE).filter(([name]) => name in part));

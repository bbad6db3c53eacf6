import { Exact } from '../../../platform/money/money.shared.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import type { QuantityLine } from '../../../web/file/steps.ts';

type Line = {
  id: string;
  name?: string;
  quantity?: string;
  delivered?: string | null;
  returned?: string | null;
  bundled?: string | null;
};

/** The lines of an order of which something may still go, with all of it; or come back, with nothing yet. */
export function goodsOf(verb: string, order: WireRecord): QuantityLine[] {
  return ((order.lines ?? []) as Line[]).flatMap((line) => {
    // Of a bundle its parts go.
    if (line.bundled === 'whole') return [];
    const whole = new Exact((verb === 'deliver' ? line.quantity : line.delivered) ?? 0);
    const left = whole.minus((verb === 'deliver' ? line.delivered : line.returned) ?? 0);
    if (left.lte(0)) return [];
    const text = left.toFixed();
    return [{ id: line.id, name: line.name ?? '', left: text, quantity: verb === 'deliver' ? text : '' }];
  });
}

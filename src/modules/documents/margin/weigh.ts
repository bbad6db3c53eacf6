import type { Context } from '../../../platform/context/context.ts';
import { type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { isDecided } from '../../../platform/entity/decided.ts';
import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import { minimumMargins } from '../../products/public.ts';
import { bundledOf, productOf } from '../lines/bundles.ts';
import { groupsOf } from '../lines/groups.shared.ts';
import { type Earning, isBelow, type Margin, marginOf } from './margin.shared.ts';
import { readMarginRules } from './rules.ts';

/** So many lines are named at most. */
const NAMED = 3;

interface Weighed {
  name: string;
  product: string;
  margin: Margin;
}

/**
 * Marks documents of which a line earns less than it should, and says so to whoever writes them: which lines, not how much. What
 * a command does to a document is no new price.
 */
export async function weighMargins(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const open = drafts.filter(({ before }) => before === null || !isDecided(ctx));
  const known = new Map(open.map((draft) => [draft, weighedOf(draft)]));
  const products = [...new Set([...known.values()].flat().map(({ product }) => product))];
  const { minimum } = products.length ? await readMarginRules(ctx) : { minimum: null };
  const usual = minimum === null ? null : String(minimum);
  const own = await minimumMargins(ctx, products);
  for (const [draft, lines] of known) {
    const low = lines.filter(({ margin, product }) => isBelow(margin, own.get(product) ?? usual));
    draft.values.belowMargin = low.length > 0;
    if (low.length === 0) continue;
    const names = low.slice(0, NAMED).map(({ name }) => name);
    draft.warnings.push({ path: 'lines', code: 'margin_low', params: { names: names.join('、') } });
  }
}

/** Every line whose cost is known; a bundle as a whole. */
function weighedOf(draft: Draft): Weighed[] {
  return groupsOf(draft.parts?.lines ?? [], bundledOf).flatMap(({ line, parts }) => {
    const margin = marginOf((parts.length ? parts : [line]).map(earningOf));
    const product = productOf(line);
    return margin && product ? [{ name: draftValue(line, 'name') as string, product, margin }] : [];
  });
}

function earningOf(line: Draft): Earning {
  const value = (name: string) => draftValue(line, name) as string | null;
  const net = (line.values.net as MoneyValue | null | undefined)?.amount ?? value('net');
  return {
    quantity: value('quantity') ?? '0',
    net: typeof net === 'string' ? net : null,
    cost: value('cost'),
  };
}

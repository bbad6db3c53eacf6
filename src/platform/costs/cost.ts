import type { RawBuilder } from 'kysely';
import type { Context } from '../context/context.ts';

/** What a cost is for. */
export const COST_KINDS = ['visit', 'gift', 'hospitality', 'service', 'discount', 'other'] as const;

/** How a cause is costed: so much each and by the time it took, or by the amount it bears itself. */
export type CostBasis = 'time' | 'amount';

/**
 * Records of a module that make a relation cost something: visits, gifts, service, discounts. What each costs is the company's
 * rule; of every cause one cost is kept, and it changes and goes with it.
 */
export interface CostSource {
  /** Never changes: costs are kept under it. Called `costEntry.source.<name>` in translations. */
  name: string;
  /** The record type of the causes. A change of one of them changes its cost. */
  entity: string;
  /** Of record types whose changes make something else a cause: the reference by which they lead to it. */
  through?: Readonly<Record<string, string>>;
  basis: CostBasis;
  /** What the company begins with, until an administrator says otherwise. */
  defaults: {
    /** In the company's currency, for each; of causes by amount nothing. */
    each: string;
    /** What one is taken to last when nobody said how long. */
    minutes: number;
    /** The part of its amount that counts, in percent. */
    percent: string;
  };
  /**
   * All causes there are, as a query of `cause`, `customer`, `day`, `person`, `kind`, `minutes` and `amount` (in the company's
   * currency; null for causes by time). It is always narrowed to some `cause`, so that must be a plain column.
   */
  causes(ctx: Context): RawBuilder<unknown>;
}

/** All sources by name; two of one name are a mistake of ours. */
export function costSourcesOf(declared: readonly CostSource[]): readonly CostSource[] {
  if (new Set(declared.map(({ name }) => name)).size < declared.length)
    throw new Error('a source of costs is declared twice');
  return declared;
}

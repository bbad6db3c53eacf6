import type { AggregateSpec } from '../analysis/query.shared.ts';
import type { Filter } from '../entity/meta.shared.ts';

/** One sort of records that people's achievement is read from; its fields may be reached over references, as in reports. */
export interface Tally {
  entity: string;
  /** Whose it is: the person stored on the record, who stays whoever has the customer later. */
  performer: string;
  /** The day or instant it counts on. */
  at: string;
  value: AggregateSpec;
  filter?: Filter;
  /** Where it tells a product and the category of it. */
  product?: string;
  category?: string;
  /** Where it tells the customer's province. */
  province?: string;
  /** Where it tells how many pieces that were. */
  quantity?: AggregateSpec;
  /** Of what is only expected: how likely it is in per cent, the first of these that is known. */
  chance?: readonly string[];
}

/**
 * Something people are given targets of. It is data over reports, so that whoever asks for it (targets, assessment, commission)
 * gets the same number, and the records behind it. Its name in lists is the translation `achievement.<name>`.
 */
export interface Achievement {
  name: string;
  unit: 'money' | 'count';
  whole: Tally;
  /** Told of single products it is read from the lines. */
  byProduct?: Tally;
}

/** What of it is asked. Both days included. */
export interface AchievementAsked {
  from: string;
  to: string;
  product?: string | null | undefined;
  /** A category with those below it. */
  categories?: readonly string[] | null | undefined;
  province?: string | null | undefined;
  people?: readonly string[] | undefined;
}

/** The records it is read from; null where it does not tell of what is asked. */
export function tallyOf(
  achievement: Achievement,
  { product, categories, province }: Pick<AchievementAsked, 'product' | 'categories' | 'province'>,
): Tally | null {
  const tally = product || categories ? (achievement.byProduct ?? achievement.whole) : achievement.whole;
  if ((product && !tally.product) || (categories && !tally.category) || (province && !tally.province))
    return null;
  return tally;
}

import type { Filter, MetaEntity } from '../../../web/api/types.ts';
import { filterWords } from '../../../web/list/terms.ts';
import { useNames } from '../../../web/list/useNames.ts';

/** The conditions of a segment in a sentence. */
export function Said({ entity, definition }: { entity: MetaEntity; definition: Filter }) {
  return <p className="segment-said">{filterWords(entity, definition, useNames(entity, definition))}</p>;
}

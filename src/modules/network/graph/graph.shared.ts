import type { WireRecord } from '../../../platform/entity/meta.shared.ts';

/** That a colleague knows a person, by the contacts recorded. */
export interface Suggestion {
  contact: string;
  user: { id: string; title: string };
  times: number;
  strength: number;
}

export interface RelationGraph {
  people: WireRecord[];
  /** People at other customers to whom a tie leads. */
  others: WireRecord[];
  ties: WireRecord[];
  acquaintances: WireRecord[];
  suggestions: Suggestion[];
}

/** How well two know each other who talked so often in a year, 1 to 5. */
export function strengthOf(times: number): number {
  return 1 + [3, 6, 12, 24].filter((least) => times >= least).length;
}

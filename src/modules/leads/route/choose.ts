/** Somebody who can be given a lead, in the order of the rule. */
export interface Candidate {
  id: string;
  /** Leads open with him. */
  open: number;
  /** The number of the turn he was last given one at; 0 is never. */
  turn: number;
}

export interface Choosing {
  method: 'roundRobin' | 'load';
  maxOpen: number | null;
}

/**
 * Whom the next lead goes to: in turn, or to whoever has fewest, ties in turn. Who has enough is passed over. Null when
 * nobody is left.
 */
export function choose(candidates: readonly Candidate[], { method, maxOpen }: Choosing): Candidate | null {
  const free = candidates.filter(({ open }) => maxOpen === null || open < maxOpen);
  const before = (a: Candidate, b: Candidate) => (method === 'load' ? a.open - b.open : 0) || a.turn - b.turn;
  return free.reduce<Candidate | null>((best, one) => (best && before(best, one) <= 0 ? best : one), null);
}

/** Somebody who can be given a lead, in the order of the rule. */
export interface Candidate {
  id: string;
  /** Leads open with him. */
  open: number;
  /** The number of the turn he was last given one at; 0 is never. */
  turn: number;
  /** Languages he speaks with customers, and categories of products he knows. */
  spoken: string[];
  knows: string[];
}

/** What a lead asks of whoever takes it. */
export interface Need {
  spoken: string | null;
  /** Of each product asked for its category and those above it. */
  categories: string[][];
}

export interface Choosing {
  method: 'roundRobin' | 'load';
  skills: 'ignore' | 'prefer' | 'require';
  maxOpen: number | null;
}

/** What the house speaks: also those of whom nothing is said. */
const HOUSE = 'zh';

/** Whether somebody speaks the lead's language and knows one of the products it asks for; what it does not say nobody needs. */
export function isAble({ spoken, knows }: Candidate, need: Need): boolean {
  const speaks =
    need.spoken === null || spoken.includes(need.spoken) || (need.spoken === HOUSE && spoken.length === 0);
  const asked = need.categories.filter((chain) => chain.length > 0);
  return speaks && (asked.length === 0 || asked.some((chain) => chain.some((each) => knows.includes(each))));
}

/**
 * Whom the next lead goes to: in turn, or to whoever has fewest, ties in turn. Who has enough is passed over, and where the
 * rule asks for skills whoever lacks them, as long as there is somebody who has them. Null when nobody is left.
 */
export function choose(
  candidates: readonly Candidate[],
  { method, skills, maxOpen }: Choosing,
  need: Need,
): Candidate | null {
  const free = candidates.filter(({ open }) => maxOpen === null || open < maxOpen);
  const able = skills === 'ignore' ? free : free.filter((each) => isAble(each, need));
  const among = able.length > 0 || skills === 'require' ? able : free;
  const before = (a: Candidate, b: Candidate) => (method === 'load' ? a.open - b.open : 0) || a.turn - b.turn;
  return among.reduce<Candidate | null>((best, one) => (best && before(best, one) <= 0 ? best : one), null);
}

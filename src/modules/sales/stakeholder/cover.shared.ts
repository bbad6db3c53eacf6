/** In order of what hurts most. */
const GAPS = ['nobody', 'noDecider', 'against', 'noChampion', 'silentDecider', 'unknown', 'onlyOne'] as const;
export type Gap = (typeof GAPS)[number];

/** What is known of somebody who takes part, as far as gaps go. */
export interface Part {
  role: string | null;
  stance: string | null;
  /** Days since somebody of ours spoke with him; null: never. */
  silent: number | null;
  /** How many of us know him. */
  knownBy: number;
}

/** Days without a word after which whoever decides counts as silent. */
const SILENT_DAYS = 30;

/** Where business stands on weak feet: who is missing, who is against it, and whom nobody of us knows. */
export function gapsOf(parts: readonly Part[]): Gap[] {
  if (parts.length === 0) return ['nobody'];
  const deciders = parts.filter(({ role }) => role === 'decider');
  const opposed = ({ role, stance }: Part) => stance === 'against' || role === 'opponent';
  const champions = parts.filter((part) => part.role === 'champion' && !opposed(part));
  const gaps: Record<Gap, boolean> = {
    nobody: false,
    noDecider: deciders.length === 0,
    against: deciders.some(opposed) || (parts.some(opposed) && champions.length === 0),
    noChampion: champions.length === 0 && !parts.some(({ stance }) => stance === 'support'),
    silentDecider: deciders.some(({ silent }) => silent === null || silent > SILENT_DAYS),
    unknown: deciders.some(({ knownBy }) => knownBy === 0),
    onlyOne: parts.length === 1,
  };
  return GAPS.filter((gap) => gaps[gap]);
}

/** What the file of a piece of business says of who takes part. */
export interface Cover<R> {
  people: R[];
  /** People of the customer whose part in decisions is known and who are not named here. */
  suggestions: { id: string; title: string; role: string | null; stance: string | null }[];
  gaps: Gap[];
  /** What binds those who take part, as far as the caller sees it. */
  ties: R[];
}

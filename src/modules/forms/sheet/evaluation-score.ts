import type { IndicatorSource } from '../form/form.shared.ts';

/** What is known of a customer in a period; null where nothing is. */
export interface Facts {
  /** Contacts, and how many there ought to have been. */
  contacts: number | null;
  expected: number;
  /** Percent of promises kept. */
  keepRate: number | null;
  /** How many weak spots the relation has. */
  warnings: number | null;
  completeness: number | null;
  /** Percent of sales paid. */
  receiptRate: number | null;
}

/** What each weak spot of a relation costs. */
const PER_WARNING = 25;

const bounded = (score: number | null) =>
  score === null ? null : String(Math.min(100, Math.max(0, Math.round(score))));

/** Points of 0 to 100 by facts; null where there are none, or somebody judges. */
export function factScore(source: IndicatorSource, facts: Facts): string | null {
  switch (source) {
    case 'contacts':
      return bounded(facts.contacts === null ? null : (facts.contacts * 100) / facts.expected);
    case 'keepRate':
      return bounded(facts.keepRate);
    case 'coverage':
      return bounded(facts.warnings === null ? null : 100 - facts.warnings * PER_WARNING);
    case 'completeness':
      return bounded(facts.completeness);
    case 'receipts':
      return bounded(facts.receiptRate);
    case 'judgement':
      return null;
  }
}

/** The weighted mean of what is scored, to one decimal: what nobody knows speaks neither for nor against. */
export function totalOf(parts: readonly { weight: number; score: string | null }[]): string | null {
  const known = parts.filter(({ score }) => score !== null && score !== '');
  const weight = known.reduce((sum, part) => sum + part.weight, 0);
  if (weight === 0) return null;
  return (known.reduce((sum, part) => sum + part.weight * Number(part.score), 0) / weight).toFixed(1);
}

const RATINGS = [
  ['A', 85],
  ['B', 70],
  ['C', 55],
] as const;

/** 优、良、中、差 as a letter. */
export function ratingOf(total: string | null): string | null {
  if (total === null) return null;
  return RATINGS.find(([, least]) => Number(total) >= least)?.[0] ?? 'D';
}

import type { Filter, RelatedTerm } from '../../../platform/entity/meta.shared.ts';

export type GradeColor = 'zhu' | 'teng' | 'song' | 'dai';

/** How a grade is served: one value that other rooms read. What is absent is not laid down. */
export interface GradePolicy {
  /** At the latest so many days after the last visit comes the next. */
  visitDays?: number;
  contactDays?: number;
  responseMinutes?: number;
  /** Whether response minutes run in working hours only. */
  responseClock?: 'business' | 'clock';
  discountPercent?: number;
  servedBy?: { entity: 'role' | 'department' | 'user'; id: string };
  careLevel?: 'high' | 'normal' | 'low';
}

export interface GradeDefinition {
  value: string;
  label: { zh: string; en: string };
  color?: GradeColor | undefined;
  /** Of conditions: who has it; one grade may have none and takes whoever is left. */
  filter?: RuleFilter | null | undefined;
  /** Of a score: from so many points on. */
  min?: number | undefined;
  policy?: GradePolicy | undefined;
}

/** A measure compared, as a condition of a rule. */
export interface MeasureTerm {
  measure: { name: string; days?: number; op: 'gte' | 'gt' | 'lte' | 'lt' | 'eq'; value: number };
}
export type RuleFilter = Filter | MeasureTerm | { and: RuleFilter[] } | { or: RuleFilter[] };

export type ScoreSource =
  | { measure: string; days?: number | undefined }
  | { field: string }
  | { related: Omit<RelatedTerm, 'op' | 'value'> }
  | { when: RuleFilter };

/** From so many on so many points; below the first, and where there is no number, none (or `missing`). */
export interface Steps {
  steps: { from: number; points: number }[];
  missing?: number | undefined;
}
/** None at `from`, all hundred at `to`, even in between; `from` may be the greater. */
export interface Linear {
  from: number;
  to: number;
  missing?: number | undefined;
}
export type Scale = Steps | Linear;

export interface ScoreTerm {
  label?: string | undefined;
  source: ScoreSource;
  scale: Scale;
  weight: number;
}

export interface SchemeDefinition {
  /** The best first. */
  grades: GradeDefinition[];
  terms?: ScoreTerm[] | undefined;
}

export type SchemeKind = 'conditions' | 'score';

/** Points of 0 to 100 for a number; the database computes the same. */
export function pointsOf(scale: Scale, value: number | null): number {
  if (value === null) return scale.missing ?? 0;
  if ('steps' in scale) return scale.steps.filter(({ from }) => value >= from).at(-1)?.points ?? 0;
  return Math.min(100, Math.max(0, ((value - scale.from) * 100) / (scale.to - scale.from)));
}

/** The weighted mean of points, to one decimal. */
export function scoreOf(terms: readonly { weight: number; points: number }[]): number {
  const weight = terms.reduce((sum, term) => sum + term.weight, 0);
  if (weight === 0) return 0;
  return Math.round((terms.reduce((sum, term) => sum + term.weight * term.points, 0) / weight) * 10) / 10;
}

/** A condition of a rule with what the customer had. */
export interface Reading {
  term: unknown;
  value: unknown;
}

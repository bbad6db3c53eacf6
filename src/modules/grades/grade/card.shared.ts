import type { GradeColor, GradePolicy, SchemeKind } from '../scheme/definition.shared.ts';

export interface GradeName {
  value: string;
  label: { zh: string; en: string };
  color?: GradeColor;
}

/** One change of a grade with what decided it. */
export interface CardChange {
  from: string | null;
  to: string | null;
  score: number | null;
  cause: 'rule' | 'periodEnd' | 'hand' | 'scheme';
  /** Of conditions: each comparison; of a score: each part with its points. */
  readings: { term: unknown; value: unknown; points: number | null }[];
  /** By rule, and by no condition: the grade of all others. Readings alone do not say so: the reader may not see them. */
  rest: boolean;
  note: string | null;
  by: string | null;
  at: string;
  /** Of a customer that has become part of this one: its name. */
  part: string | null;
}

/** A customer in one scheme. */
export interface SchemeCard {
  id: string;
  name: string;
  kind: SchemeKind;
  main: boolean;
  problem: string | null;
  grade: string | null;
  score: number | null;
  since: string | null;
  policy: GradePolicy;
  lock: { until: string | null; by: string | null; reason: string | null } | null;
  falling: { to: string | null; on: string } | null;
  grades: GradeName[];
  changes: CardChange[];
}

export interface Card {
  mayLock: boolean;
  schemes: SchemeCard[];
}

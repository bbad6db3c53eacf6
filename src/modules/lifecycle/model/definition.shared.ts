import type { ChoiceOption } from '../../../platform/entity/types.ts';

type Words = { zh: string; en: string };

/** A piece of work a stage recommends: a task to be made by one press. */
export interface StageWork {
  subject: Words;
  /** Working days until it is due. */
  days: number;
  priority?: 'high' | 'normal' | 'low' | undefined;
}

export interface Stage {
  value: string;
  label: Words;
  color?: ChoiceOption['color'] | undefined;
  /** What matters in it. */
  advice: Words;
  work: StageWork[];
}

/** A way from one stage to another. Of several that hold the first counts. */
export interface StageMove {
  from: string;
  to: string;
  /** A rule as grades have them; null is by hand only. */
  filter: unknown;
  /** What shows that it is so: said where the move is told of. */
  evidence: Words;
}

export interface ModelDefinition {
  /** In their order; everyone begins in the first. */
  stages: Stage[];
  moves: StageMove[];
}

export const MODELS = ['life', 'relation'] as const;
export type ModelCode = (typeof MODELS)[number];

import type { ModelCode, Stage, StageMove } from '../model/definition.shared.ts';

export interface StageChange {
  from: string | null;
  to: string;
  cause: 'begin' | 'rule' | 'hand';
  evidence: string | null;
  readings: { term: unknown; value: unknown }[];
  by: string | null;
  at: string;
  /** Of a customer that has become part of this one: its name. */
  part: string | null;
}

/** A customer in one model. */
export interface StageCard {
  model: ModelCode;
  stage: string;
  since: string;
  held: { until: string | null; by: string | null } | null;
  stages: Stage[];
  /** Ways on from here. */
  next: Pick<StageMove, 'to' | 'evidence'>[];
  changes: StageChange[];
  /** Of the recommended work, by its place: the task made of it since the stage began. */
  made: { work: number; task: string }[];
}

export interface Card {
  mayMove: boolean;
  models: StageCard[];
}

import type { Row } from '../entity/behaviour.ts';
import type { ImportPlan } from './plan.ts';
import type { Resolver } from './resolver.ts';
import type { Outcome, Reason, StagedRow } from './types.ts';

/** The import a part belongs to. */
export interface ChunkRun {
  importId: string;
  plan: ImportPlan;
  resolver: Resolver;
}

/** What a row has come to so far. */
export interface Work {
  row: StagedRow;
  outcome: Outcome;
  recordId?: string | undefined;
  version?: number;
  before?: Row | null;
  person?: { id: string };
  reasons: Reason[];
}

/** How an import stores: it indexes in batches that follow, and keeps numbers of other systems. */
export const STORE = { deferSearch: true, keepNumbers: true } as const;

/** Takes a row out of the part, with the reason. */
export function fail(work: Work, reasons: Reason[]): void {
  work.outcome = 'failed';
  work.reasons = reasons;
  work.recordId = undefined;
}

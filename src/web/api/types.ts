export type {
  Filter,
  FilterOperator,
  FilterTerm,
  Link,
  ListAnswer,
  Meta,
  MetaEntity,
  MetaField,
  MoneyValue,
  Problem,
  RelatedTerm,
  SegmentTerm,
  WireRecord,
} from '../../platform/entity/meta.shared.ts';
export type { Action } from '../../platform/entity/types.ts';

export interface Session {
  state: 'setup' | 'signedOut' | 'signedIn';
  twoFactorPending?: boolean;
  companyName?: string;
  resetByMail?: boolean;
}

export interface JobState {
  id: string;
  name?: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  progress?: { done: number; total: number | null; note?: string } | null;
  result?: unknown;
  error?: string | { detail?: string; message?: string } | null;
  createdAt?: string;
  finishedAt?: string | null;
}

export interface MassAnswer {
  done: number;
  failed?: { id: string; code: string; message?: string }[];
  undoId?: string;
}

/** The answer for more records than one waits for. */
export interface MassStarted {
  /** Of the mass action. */
  id: string;
  jobId: string;
}

export interface SavedView {
  id: string;
  version: number;
  name: string;
  entity: string;
  shared: 'none' | 'department' | 'everyone';
  mine: boolean;
  definition: ViewDefinition;
}

export interface ViewDefinition {
  filter?: import('../../platform/entity/meta.shared.ts').Filter | null;
  sort?: string;
  columns?: string[];
  q?: string;
}

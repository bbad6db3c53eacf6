import type { Link } from '../entity/meta.shared.ts';
import type { Mode, Variable } from './flow.shared.ts';
import type { Mark, Seat, Status, Step } from './state.ts';

/** An approval as the API tells it. */
export interface ApprovalLine {
  id: string;
  number: string;
  subject: { name: string; label: string };
  title: string;
  record: { entity: string; plural: string; id: string } | null;
  status: Status;
  round: number;
  startedAt: string;
  endedAt: string | null;
  /** Where it stands. */
  now: { name: string; people: string[] } | null;
}

export interface ApprovalItem extends ApprovalLine {
  startedBy: Link | null;
  /** Names of the people it waits for. */
  waitsFor: string[];
  /** Of copies: not yet looked at. */
  unread: boolean;
}

export interface SheetStep {
  id: string;
  kind: Step['kind'];
  name: string;
  mode: Mode;
  state: Step['state'];
  outcome: 'approved' | 'rejected' | null;
  added: { by: string; where: 'before' | 'after' } | null;
  seats: { id: string; person: string; state: Seat['state']; note: Seat['note'] | null; to: string | null }[];
  /** Who will be asked, as the company is now. */
  upcoming: readonly string[];
}

export interface SheetEvent {
  id: string;
  at: string;
  actor: Link | null;
  standsFor: Link | null;
  action: Mark['kind'] | 'reminded';
  step: string | null;
  stepId: string | null;
  people: Link[];
  note: string | null;
  comment: string | null;
  edits: string[];
}

export interface ApprovalSheet extends ApprovalLine {
  startedBy: Link | null;
  comment: string | null;
  input: Record<string, unknown>;
  lines: { label: string; value: string }[];
  flowVersion: number | null;
  dueAt: string | null;
  /** Names by id. */
  people: Record<string, string>;
  steps: SheetStep[];
  at: number;
  history: SheetEvent[];
  can: {
    decide: boolean;
    seat: string | null;
    standsFor: Link | null;
    editable: string[];
    back: { id: string; name: string }[];
    withdraw: boolean;
    remind: boolean;
    resubmit: boolean;
    /** As administrator, in somebody's place. */
    handOver: boolean;
  };
}

/** What can be decided on. */
export interface AskedField extends Variable {
  required: boolean;
}

export interface SubjectInfo {
  name: string;
  label: string;
  entity: string | null;
  /** Whether anybody may begin it by hand. */
  open: boolean;
  /** Whether the company has a flow for it. */
  active: boolean;
  variables: Variable[];
  /** What is filled in to begin it by hand. */
  form: AskedField[];
  editable: { name: string; label: string }[];
}

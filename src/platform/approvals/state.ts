import type { Mode, TimeLimit } from './flow.shared.ts';
import type { Planned } from './route.ts';

export type Status = 'running' | 'returned' | 'approved' | 'rejected' | 'withdrawn';

/** One person's place at a step. `waiting`: its turn has not come; `passed`: nobody had to decide; `dropped`: no longer asked. */
export interface Seat {
  id: string;
  person: string;
  state: 'waiting' | 'open' | 'approved' | 'passed' | 'dropped';
  /** Why nobody had to decide, or why this person is asked instead of another. */
  note?: 'repeated' | 'timeout' | 'empty' | 'handed' | 'escalated' | 'self' | 'alone' | undefined;
  /** Who left it to this person for good. */
  from?: string | undefined;
  /** To whom this person's place went. */
  to?: string | undefined;
}

/** A part of the way: from the flow, or added by an approver. */
export interface Step {
  id: string;
  kind: Planned['kind'];
  /** The flow's node; null when an approver added it. */
  node: string | null;
  name: string;
  mode: Mode;
  state: 'waiting' | 'open' | 'done';
  seats: Seat[];
  /** Of a step that was added: by whom, on which side, and who is asked. */
  added?: { by: string; where: 'before' | 'after'; people: string[] } | undefined;
  outcome?: 'approved' | 'rejected' | undefined;
  editable?: string[] | undefined;
  limit?: TimeLimit | undefined;
}

/** Where an approval stands. A value: the machine makes new ones and changes none. */
export interface State {
  status: Status;
  /** Raised by every new submission. */
  round: number;
  steps: Step[];
  /** The step it stands at; the number of steps once it has ended well. */
  at: number;
  /** The names of steps of earlier rounds, by id: the history speaks of them. */
  former?: Record<string, string> | undefined;
  /** Who was told. */
  copies: string[];
  /** For ids of steps and seats. */
  counter: number;
  /** Who began it, where the flow does not let him decide himself. */
  self?: string | undefined;
}

/** The people the machine may ask: resolved before, so that its rules need no database. */
export interface World {
  /** By node of the flow, in order. */
  cast: ReadonlyMap<string, readonly string[]>;
  /** Asked where a node has nobody. */
  administrators: readonly string[];
  /** Who begins, where the flow does not let him decide himself. */
  self?: string | undefined;
  /** Asked in his place; without one the administrators are. */
  instead?: string | undefined;
  /** To whom a person's work goes up. */
  managers?: ReadonlyMap<string, string> | undefined;
}

/** What happened, for the history. */
export interface Mark {
  kind:
    | 'opened'
    | 'approved'
    | 'rejected'
    | 'returned'
    | 'sentBack'
    | 'passed'
    | 'empty'
    | 'self'
    | 'copied'
    | 'handed'
    | 'added'
    | 'withdrawn'
    | 'submitted'
    | 'timeout'
    | 'ended';
  step?: string | undefined;
  people?: string[] | undefined;
  note?: string | undefined;
}

export type Action =
  | { kind: 'approve'; seat: string }
  | { kind: 'reject'; seat: string; to: 'end' | 'starter' | { step: string } }
  | { kind: 'hand'; seat: string; to: string }
  | { kind: 'add'; seat: string; by: string; where: 'before' | 'after'; people: string[]; mode: Mode }
  | { kind: 'replace'; from: string; to: string; back?: boolean | undefined }
  | { kind: 'withdraw' }
  | { kind: 'resubmit'; route: Planned[] }
  | { kind: 'expire'; step: string };

export interface Turn {
  state: State;
  marks: Mark[];
}

import type { RawBuilder } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Filter } from '../entity/meta.shared.ts';

/** Records that stay with their owner whatever is said of idle ones: an open promise, a deal under way. */
export interface Keep {
  /** The record type that is kept. */
  entity: string;
  /** Translation of the reason, for example `pool.keep.promise`. */
  reason: string;
  /** The records kept, as a query of `id`. */
  ids(ctx: Context): RawBuilder<unknown>;
}

/** When something was last won with a record, as a query of `id` and `at`. */
export interface Win {
  entity: string;
  last(ctx: Context): RawBuilder<unknown>;
  /** When it was first, in the same form. */
  first?(ctx: Context): RawBuilder<unknown>;
}

/** What of a person's is handed over when he leaves or moves. */
export interface OpenWork {
  entity: string;
  /** Translation of what it is called there, for example `handover.tasks`. */
  label: string;
  /** The reference to the person; `owner` unless told. */
  field?: string;
  /** Which of them are open; all unless told. */
  open?: Filter;
  /** It goes with its customer, whoever gets that: the reference to it. */
  follows?: string;
}

/** One piece of other work, and who gets it. */
export interface Given {
  id: string;
  to: string;
}

/** What else a person leaves behind that is no record of his: places where he is asked. */
export interface OtherWork {
  /** Stands where records have their type. */
  name: string;
  /** Translation of what it is called, for example `handover.approvals`. */
  label: string;
  /** What is open of the people of a query of ids, named as whoever gives it away may read. */
  open(ctx: Context, people: RawBuilder<unknown>): Promise<{ id: string; person: string; title: string }[]>;
  give(ctx: Context, from: string, items: readonly Given[]): Promise<void>;
  /** Undoes it where it is as it was given; tells which. */
  giveBack(ctx: Context, from: string, items: readonly Given[]): Promise<string[]>;
}

/** What modules say of whom records belong to. */
export interface OwnershipRules {
  keeps: readonly Keep[];
  wins: readonly Win[];
  openWork: readonly OpenWork[];
  otherWork: readonly OtherWork[];
}

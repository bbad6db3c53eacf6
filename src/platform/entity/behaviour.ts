import type { Context } from '../context/context.ts';
import type { FieldProblem } from '../errors/problem.ts';

export type Row = Record<string, unknown>;

/** A record on its way into the store: wire values by field name, with references as bare ids. */
export interface Draft {
  id: string;
  /** The stored row; null when the record is new. */
  before: Row | null;
  /** New: all values. Changed: only what changes. */
  values: Record<string, unknown>;
  /** What forbids saving. */
  problems: FieldProblem[];
  /** All rows of its parts as they will stand, in their order, by the part's name. */
  parts?: Record<string, Draft[]>;
  /** Rows of its parts that shall be no more. */
  gone?: Record<string, Row[]>;
  /** What the person should know; does not forbid. */
  warnings: FieldProblem[];
}

/** What a picker says beside a record it offers. */
export interface Mark {
  /** Of a person: away until this moment. */
  awayUntil?: string;
  /** Belongs to the sample company. */
  sample?: true;
}

/**
 * What a module adds to a record type beyond its declaration. Always for many records at once, so that an import costs
 * one query where a form costs one.
 */
export interface Behaviour {
  /** Completes values and adds problems or warnings, before anything is written; it writes nothing itself: files are only checked by it too. */
  prepare?(ctx: Context, drafts: Draft[]): Promise<void> | void;
  /** Writes what has to stand before these records do, once nothing forbids saving them; may still add problems. */
  beforeSave?(ctx: Context, drafts: Draft[]): Promise<void> | void;
  /** Follows up in the same transaction. */
  afterSave?(ctx: Context, drafts: Draft[]): Promise<void> | void;
  /** Refuses deletion (throw a problem) or prepares it. */
  beforeDelete?(ctx: Context, rows: Row[]): Promise<void> | void;
  /** What is to be known of records before one chooses them. */
  marks?(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, Mark>>;
}

export type Behaviours = ReadonlyMap<string, Behaviour>;

/** Behaviours by record type; several modules may add to one, each after those before it. */
export function joinedBehaviours(all: readonly (readonly [string, Behaviour])[]): Behaviours {
  const joined = new Map<string, Behaviour>();
  for (const [entity, next] of all) {
    const first = joined.get(entity);
    joined.set(entity, first ? inTurn(first, next) : next);
  }
  return joined;
}

const inTurn = (first: Behaviour, next: Behaviour): Behaviour => ({
  async prepare(ctx, drafts) {
    await first.prepare?.(ctx, drafts);
    await next.prepare?.(ctx, drafts);
  },
  async beforeSave(ctx, drafts) {
    await first.beforeSave?.(ctx, drafts);
    await next.beforeSave?.(ctx, drafts);
  },
  async afterSave(ctx, drafts) {
    await first.afterSave?.(ctx, drafts);
    await next.afterSave?.(ctx, drafts);
  },
  async beforeDelete(ctx, rows) {
    await first.beforeDelete?.(ctx, rows);
    await next.beforeDelete?.(ctx, rows);
  },
  async marks(ctx, ids) {
    const all = [...((await first.marks?.(ctx, ids)) ?? [])];
    for (const [id, mark] of (await next.marks?.(ctx, ids)) ?? [])
      all.push([id, { ...all.find(([of]) => of === id)?.[1], ...mark }]);
    return new Map(all);
  },
});

/** The value a draft will have once saved, as the field's wire value. */
export function draftValue(draft: Draft, field: string, column = field): unknown {
  return field in draft.values ? draft.values[field] : (draft.before?.[column] ?? null);
}

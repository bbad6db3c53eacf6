import type { RawBuilder } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import type { EntitySpec, FieldSpec } from '../entity/types.ts';
import type { StoredEvent } from '../events/subscriber.ts';

/**
 * Values derived of records, kept beside them (design: derived facts off the record): grades, last contact, totals. They
 * are fields of the record type — shown, filtered, sorted, exported — that nobody writes and that never raise its version.
 */
export interface FactSpec {
  /** Never changes: its place in the events is kept under this name. */
  name: string;
  /** The record type whose facts these are. */
  entity: string;
  fields: Record<string, FieldSpec>;
  /** Names of the events after which facts may be others; `activity.*` is every event of a record type. */
  events: readonly string[];
  /**
   * Of record types that hang on this one: the reference by which their events lead to it. Events of the record type itself
   * need none.
   */
  through?: Readonly<Record<string, string>>;
  /** Other facts of the same record these are derived of, by name: only their changes are followed. */
  after?: readonly string[];
  /** While it says so nothing is begun: bulk work that writes what these are derived of has the machine first. */
  rests?(services: Services): Promise<boolean>;
  /** Where neither is enough: the records an event may concern. */
  concerned?(ctx: Context, events: readonly StoredEvent[]): Promise<string[]>;
  /**
   * The facts of these records: a query of `id` and one column for each field, named as the field's column (money: its
   * amount in the company's currency). What it does not name has none.
   */
  compute(ctx: Context, ids: readonly string[]): RawBuilder<unknown> | Promise<RawBuilder<unknown>>;
  /** Records whose facts change as time passes, as a query of `id`; asked every night. */
  due?(ctx: Context): RawBuilder<unknown>;
}

/** Declares facts. */
export function defineFacts(spec: FactSpec): FactSpec {
  return Object.freeze(spec);
}

/** The record types with the facts that belong to them. */
export function withFacts(entities: readonly EntitySpec[], facts: readonly FactSpec[]): EntitySpec[] {
  return entities.map((spec) => {
    const own = facts.filter((fact) => fact.entity === spec.name);
    if (own.length === 0) return spec;
    return {
      ...spec,
      facts: Object.assign({}, ...own.map((fact) => fact.fields)) as Record<string, FieldSpec>,
    };
  });
}

import type { Services } from '../context/services.ts';

/** An event as subscribers read it. */
export interface StoredEvent {
  id: string;
  at: string;
  name: string;
  entity: string;
  recordIds: string[];
  actorId: string | null;
  payload: Record<string, unknown>;
}

/**
 * Something that happens after the fact. `handle` gets the events of a batch in order; it may get them again (after a
 * crash, or when it failed), so it must be idempotent by event id or by what it does. While it fails nothing further is
 * read for this subscriber.
 */
export interface Subscriber {
  /** Never changes: its place in the events is kept under this name. */
  name: string;
  /** Event names; `customer.*` is every event of a record type, `*` is all. */
  events: readonly string[];
  /** While it says so nothing is begun: what derives much of every record waits for bulk work that writes them. */
  rests?(services: Services): Promise<boolean>;
  handle(services: Services, batch: readonly StoredEvent[]): Promise<void>;
}

/** Declares a subscriber. A new one begins with the first event there is. */
export function defineSubscriber(spec: Subscriber): Subscriber {
  return Object.freeze(spec);
}

/** The names as one pattern for the database. */
export function eventPattern(names: readonly string[]): string {
  const parts = names.map((name) =>
    name
      .replace(/[^\w*.-]/g, '')
      .replaceAll('.', '\\.')
      .replaceAll('*', '.*'),
  );
  return `^(${parts.join('|')})$`;
}

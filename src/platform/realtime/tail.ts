import { sql } from 'kysely';
import type { Db } from '../context/context.ts';

export interface LiveEvent {
  id: string;
  tx: string;
  name: string;
  entity: string;
  recordIds: string[];
  payload: Record<string, unknown>;
}

interface TailRow {
  id: string | null;
  tx: string;
  name: string;
  entity: string;
  record_ids: string[];
  payload: Record<string, unknown>;
  xmin: string;
}

const PAGE = 1000;

/**
 * Reads events as they come, from now on. Unlike subscribers it does not wait for older transactions to end — a long
 * import must not hold up what people see — so it looks again at everything since the oldest transaction that was running
 * at its last look, and leaves out what it has had.
 */
export class EventTail {
  readonly #db: Db;
  #from: string | null = null;
  /** Had already, by id, with their transaction. */
  #seen = new Map<string, bigint>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** Where a client may go on after a broken connection. */
  get position(): string {
    return this.#from ?? '0';
  }

  /** Forgets the place: the next reading begins with what is written after this. */
  async reset(): Promise<void> {
    const { rows } = await sql<{
      xmin: string;
    }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`.execute(this.#db);
    this.#from = (rows[0] as { xmin: string }).xmin;
    this.#seen.clear();
  }

  /** What is new; `more` says that a page was full. */
  async read(): Promise<{ events: LiveEvent[]; more: boolean }> {
    if (this.#from === null) await this.reset();
    const { rows, xmin } = await eventsSince(this.#db, this.#from as string, PAGE, [...this.#seen.keys()]);
    for (const row of rows) this.#seen.set(row.id, BigInt(row.tx));
    const more = rows.length === PAGE;
    const last = rows.at(-1);
    const oldest = more && last && BigInt(last.tx) < BigInt(xmin) ? last.tx : xmin;
    this.#from = oldest;
    for (const [id, tx] of this.#seen) if (tx < BigInt(oldest)) this.#seen.delete(id);
    return { events: rows, more };
  }
}

/** Events of a transaction and all later ones, in their order, without those named. */
export async function eventsSince(
  db: Db,
  from: string,
  limit: number,
  without: string[] = [],
): Promise<{ rows: LiveEvent[]; xmin: string }> {
  const { rows } = await sql<TailRow>`
    select e.id, e.tx::text, e.name, e.entity, e.record_ids, e.payload, s.xmin::text
    from (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) s
    left join lateral (
      select * from event where tx >= ${from}::xid8 and not (id = any(${without}::uuid[])) order by tx, id limit ${limit}
    ) e on true
    order by e.tx, e.id`.execute(db);
  const found = rows.filter((row) => row.id !== null);
  return {
    xmin: (rows[0] as TailRow).xmin,
    rows: found.map((row) => ({
      id: row.id as string,
      tx: row.tx,
      name: row.name,
      entity: row.entity,
      recordIds: row.record_ids,
      payload: row.payload,
    })),
  };
}

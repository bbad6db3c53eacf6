import { sql } from 'kysely';
import type { Services } from '../context/services.ts';
import { PREPARED } from '../db/connection.ts';
import { NOWHERE } from './reader.ts';

export interface Sighting {
  /** Names of the events that came since the last look; null at the first, which cannot tell. */
  names: string[] | null;
  /** More of them stand there than one look takes in. */
  more: boolean;
  /** Events are there that wait for an older transaction to end. */
  held: boolean;
}

interface Seen {
  names: string[];
  size: number;
  tx: string | null;
  id: string | null;
  held: boolean;
}

const PAGE = 500;

/**
 * Sees for all subscribers at once which events there are that were not there at the last look, in the order in which they
 * are read. A change thus costs one look and the work of those whom it concerns, not one look for each subscriber.
 */
export function createLookout({ db }: Pick<Services, 'db'>): () => Promise<Sighting> {
  let place: { tx: string; id: string } | undefined;

  return async () => {
    if (!place) {
      place = await lastEvent();
      return { names: null, more: true, held: false };
    }
    const { rows } = await sql<Seen>`${sql.raw(PREPARED)}
      with page as materialized (select tx, id, name from event
        where (tx, id) > (${place.tx}::xid8, ${place.id}::uuid) and tx < pg_snapshot_xmin(pg_current_snapshot())
        order by tx, id limit ${PAGE})
      select array(select distinct name from page) as names, (select count(*)::int from page) as size,
        (select tx::text from page order by page.tx desc, id desc limit 1) as tx,
        (select id from page order by page.tx desc, id desc limit 1) as id,
        exists (select from event where tx >= pg_snapshot_xmin(pg_current_snapshot())) as held`.execute(db);
    const { names, size, tx, id, held } = rows[0] as Seen;
    if (tx && id) place = { tx, id };
    return { names, more: size === PAGE, held };
  };

  async function lastEvent() {
    const { rows } = await sql<{ tx: string; id: string }>`select tx::text, id from event
      where tx < pg_snapshot_xmin(pg_current_snapshot())
      order by event.tx desc, event.id desc limit 1`.execute(db);
    return rows[0] ?? { tx: '0', id: NOWHERE };
  }
}

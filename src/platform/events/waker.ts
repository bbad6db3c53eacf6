import type pg from 'pg';

/** The channel that says "there are new events". It carries nothing: who listens reads the events table. */
export const EVENT_CHANNEL = 'guanxi_events';

const PAUSE_MS = 20;

/**
 * Tells all processes that there is something to read: one notification for all commits of an instant, as a statement of
 * its own. (Inside the business transaction it would take the lock that serialises all notifying commits.)
 */
export function createWaker(pool: Pick<pg.Pool, 'query'>): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      // A lost notification only delays: subscribers also look by themselves.
      pool.query(`select pg_notify('${EVENT_CHANNEL}', '')`).catch(() => {});
    }, PAUSE_MS);
  };
}

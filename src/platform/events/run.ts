import type { Services } from '../context/services.ts';
import { openSession, type Session } from '../db/session.ts';
import { readBatch } from './reader.ts';
import type { Subscriber } from './subscriber.ts';
import { EVENT_CHANNEL } from './waker.ts';

export interface Subscriptions {
  /** Waits for what is being handled and ends. */
  stop(): Promise<void>;
}

/** Also without a notification subscribers look this often: one may get lost, and transactions may end late. */
const POLL_MS = 5000;
/** A later look for events that a transaction still running held back. */
const AGAIN_MS = 200;
/** Between two looks: what many changes in a row bring is read together, and leaves the machine to those who make them. */
const REST_MS = 250;
const RETRY_MS = [1000, 5000, 30_000, 300_000];
/** Class of the advisory locks of subscribers. */
const LOCK = 7_245_060;

/**
 * Runs subscribers. Each is at work in one process at a time, by an advisory lock on this process's own session: it is
 * free again the moment the process dies.
 */
export async function startSubscribers(
  services: Services,
  subscribers: readonly Subscriber[],
): Promise<Subscriptions> {
  const names = subscribers.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`the subscriber ${twice} is declared twice`);
  let stopped = false;
  const loops = subscribers.map((subscriber) => subscriberLoop(services, subscriber, () => session));
  const wake = () => {
    if (!stopped) for (const loop of loops) loop.wake();
  };
  const session = await openSession({
    url: services.directUrl,
    applicationName: 'guanxi events',
    onConnect: async (client) => {
      await client.query(`listen ${EVENT_CHANNEL}`);
      setImmediate(wake);
    },
    onNotification: wake,
  });
  const poll = setInterval(wake, POLL_MS);
  poll.unref();
  return {
    async stop() {
      stopped = true;
      clearInterval(poll);
      await Promise.all(loops.map((loop) => loop.stop()));
      await session.close();
    },
  };
}

/** One subscriber's work: at most one look at a time; a call meanwhile makes it look once more. */
function subscriberLoop(services: Services, subscriber: Subscriber, session: () => Session) {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let failures = 0;
  let pausedUntil = 0;
  let restUntil = 0;
  let later: NodeJS.Timeout | undefined;

  function wake(): void {
    const now = performance.now();
    if (stopped || now < pausedUntil) return;
    if (running) {
      again = true;
      return;
    }
    if (now < restUntil) {
      wakeIn(restUntil - now);
      return;
    }
    running = work().finally(() => {
      running = null;
      restUntil = performance.now() + REST_MS;
      if (again) wake();
    });
  }

  /** Calls while one waits add nothing: it will see what they are about. */
  function wakeIn(pause: number): void {
    later ??= setTimeout(() => {
      later = undefined;
      pausedUntil = 0;
      wake();
    }, pause).unref();
  }

  async function work(): Promise<void> {
    again = false;
    try {
      const locks = await session().query<{ held: boolean }>(
        'select pg_try_advisory_lock($1, hashtext($2)) as held',
        [LOCK, subscriber.name],
      );
      if (!locks[0]?.held) return;
      try {
        let more = true;
        while (more && !stopped && !(await subscriber.rests?.(services)))
          more = await readBatch(services, subscriber);
        failures = 0;
        if (await heldBack()) wakeIn(AGAIN_MS);
      } finally {
        await session().query('select pg_advisory_unlock($1, hashtext($2))', [LOCK, subscriber.name]);
      }
    } catch (error) {
      if (stopped) return;
      const pause = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] as number;
      services.log.error({ err: error, subscriber: subscriber.name, retryInMs: pause }, 'subscriber failed');
      pausedUntil = performance.now() + pause;
      clearTimeout(later);
      later = undefined;
      wakeIn(pause);
    }
  }

  /** Whether events are there that wait for an older transaction to end. */
  async function heldBack(): Promise<boolean> {
    const { rows } = await services.pool.query<{ held: boolean }>(
      'select exists (select from event where tx >= pg_snapshot_xmin(pg_current_snapshot())) as held',
    );
    return rows[0]?.held ?? false;
  }

  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(later);
      await running;
    },
  };
}

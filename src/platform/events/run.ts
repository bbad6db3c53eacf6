import type { Services } from '../context/services.ts';
import { openSession, type Session } from '../db/session.ts';
import { createLookout } from './lookout.ts';
import { readBatch } from './reader.ts';
import { type Again, type Repeater, repeater } from './repeater.ts';
import { eventPattern, type Subscriber } from './subscriber.ts';
import { EVENT_CHANNEL } from './waker.ts';

export interface Subscriptions {
  /** Waits for what is being handled and ends. */
  stop(): Promise<void>;
}

/** Also without a notification all subscribers look this often: one may get lost, and places are to move on. */
const POLL_MS = 5000;
/** A later look for events that a transaction still running held back. */
const AGAIN_MS = 200;
/** The look for all rests less than those it wakes, so that they do not wait twice. */
const OUTLOOK_REST_MS = 100;
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
  const loops = subscribers.map((subscriber) => ({
    ...subscriberLoop(services, subscriber, () => session as Session),
    wants: new RegExp(eventPattern(subscriber.events)),
  }));
  const look = createLookout(services);
  let session: Session | undefined;
  const outlook = repeater(async () => {
    try {
      const { names, more, held } = await look();
      for (const loop of loops) if (names?.some((name) => loop.wants.test(name)) ?? true) loop.wake();
      if (more) return { inMs: 0 };
      return held ? { inMs: AGAIN_MS } : undefined;
    } catch {
      // The others look by themselves, and they say what is wrong.
      for (const loop of loops) loop.wake();
      return undefined;
    }
  }, OUTLOOK_REST_MS);
  const wakeAll = () => {
    for (const loop of loops) loop.wake();
    outlook.wake();
  };
  session = await openSession({
    url: services.directUrl,
    applicationName: 'guanxi events',
    onConnect: async (client) => {
      await client.query(`listen ${EVENT_CHANNEL}`);
      // After a break only: at the beginning nobody could take its lock yet.
      if (session) setImmediate(wakeAll);
    },
    onNotification: outlook.wake,
  });
  wakeAll();
  const poll = setInterval(wakeAll, POLL_MS);
  poll.unref();
  return {
    async stop() {
      clearInterval(poll);
      await Promise.all([outlook, ...loops].map((each) => each.stop()));
      await session?.close();
    },
  };
}

/** One subscriber's work. */
function subscriberLoop(services: Services, subscriber: Subscriber, session: () => Session): Repeater {
  let stopped = false;
  let failures = 0;

  async function work(): Promise<Again | undefined> {
    try {
      const locks = await session().query<{ held: boolean }>(
        'select pg_try_advisory_lock($1, hashtext($2)) as held',
        [LOCK, subscriber.name],
      );
      if (!locks[0]?.held) return undefined;
      try {
        let more = true;
        while (more && !stopped && !(await subscriber.rests?.(services)))
          more = await readBatch(services, subscriber);
        failures = 0;
      } finally {
        await session().query('select pg_advisory_unlock($1, hashtext($2))', [LOCK, subscriber.name]);
      }
    } catch (error) {
      if (stopped) return undefined;
      const inMs = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] as number;
      services.log.error({ err: error, subscriber: subscriber.name, retryInMs: inMs }, 'subscriber failed');
      return { inMs, deaf: true };
    }
    return undefined;
  }

  const { wake, stop } = repeater(work);
  return {
    wake,
    stop() {
      stopped = true;
      return stop();
    },
  };
}

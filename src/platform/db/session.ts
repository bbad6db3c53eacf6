import pg from 'pg';

export interface SessionOptions {
  /** Past any pooler: the session's locks and LISTENs must last. */
  url: string;
  applicationName: string;
  /** Run on every new connection, before anything else: LISTENs and locks that must hold while it lives. */
  onConnect(client: pg.Client): Promise<void>;
  /** The connection is gone; another is being made. */
  onLost?(): void;
  onNotification?(channel: string, payload: string): void;
}

export interface Session {
  /** The connection as it is now; rejects while there is none. */
  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

const RETRY_MS = [100, 500, 2000, 5000];

/** One lasting connection of this process, made anew whenever it is lost. Resolves once it first stands. */
export async function openSession(options: SessionOptions): Promise<Session> {
  let client: pg.Client | null = null;
  let closed = false;
  let tries = 0;
  let timer: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: options.url,
      application_name: options.applicationName,
      keepAlive: true,
      // Subscribers ask for their locks side by side.
      pipeline: true,
      options: '-c timezone=UTC',
    });
    next.on('error', () => lost(next));
    next.on('end', () => lost(next));
    next.on('notification', ({ channel, payload }) => options.onNotification?.(channel, payload ?? ''));
    try {
      await next.connect();
      await options.onConnect(next);
    } catch (error) {
      next.removeAllListeners('end');
      await next.end().catch(() => {});
      throw error;
    }
    client = next;
    tries = 0;
    if (closed) await next.end();
  }

  function lost(which: pg.Client): void {
    if (which !== client) return;
    client = null;
    options.onLost?.();
    retry();
  }

  function retry(): void {
    if (closed) return;
    const pause = RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)];
    timer = setTimeout(() => connect().catch(retry), pause);
    timer.unref();
  }

  await connect();
  return {
    async query<R extends pg.QueryResultRow>(text: string, values: unknown[] = []) {
      if (!client) throw new Error('the session has no connection at the moment');
      return (await client.query<R>(text, values)).rows;
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      const last = client;
      client = null;
      await last?.end();
    },
  };
}

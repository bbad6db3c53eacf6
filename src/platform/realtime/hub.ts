import { contextFor, type Services } from '../context/services.ts';
import { META_CHANNEL } from '../customisation/watch.ts';
import { openSession, type Session } from '../db/session.ts';
import { metaVersion } from '../entity/meta.ts';
import { problem } from '../errors/problem.ts';
import { EVENT_CHANNEL } from '../events/waker.ts';
import { JOB_CHANNEL, type JobNotice } from '../jobs/store.ts';
import { loadChanges, noticesFor } from './audience.ts';
import type { LiveClient } from './client.ts';
import { tellNotifications } from './notifications.ts';
import { EventTail, eventsSince, type LiveEvent } from './tail.ts';

const PER_USER = 20;
const BEAT_MS = 25_000;
const RECHECK_MS = 30_000;
const POLL_MS = 5000;
/** Bursts of notifications are answered together. */
const PAUSE_MS = 30;
/** After a longer absence a client is told to look at everything anew. */
const RESUME_LIMIT = 500;
/** Their change may change what a client may see. */
const RIGHTS = new Set(['user', 'role', 'department']);

/** The open pages of this process: tells each of changes to what it may see, of its jobs, and of new fields or rights. */
export class LiveHub {
  readonly #services: Services;
  readonly #clients = new Set<LiveClient>();
  readonly #tail: EventTail;
  #session: Promise<Session> | null = null;
  #timers: NodeJS.Timeout[] = [];
  #looking: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(services: Services) {
    this.#services = services;
    this.#tail = new EventTail(services.db);
  }

  /** Begins to listen; done by the first client as well. */
  async start(): Promise<void> {
    this.#session ??= openSession({
      url: this.#services.directUrl,
      applicationName: 'guanxi live',
      onConnect: async (client) => {
        await client.query(`listen ${EVENT_CHANNEL}; listen ${META_CHANNEL}; listen ${JOB_CHANNEL}`);
        this.#wake();
      },
      onNotification: (channel, payload) => this.#notified(channel, payload),
    });
    if (this.#timers.length === 0) {
      this.#timers = [
        setInterval(() => this.#beat(), BEAT_MS),
        setInterval(() => void this.#refresh(), RECHECK_MS),
        setInterval(() => this.#wake(), POLL_MS),
      ];
      for (const timer of this.#timers) timer.unref();
    }
    await this.#session;
  }

  /** Throws `too_many_live` when the user has too many pages open. */
  checkRoom(userId: string | null): void {
    const open = [...this.#clients].filter((client) => client.userId === userId).length;
    if (open >= PER_USER) throw problem('too_many_live', { status: 429, params: { retryAfter: 60 } });
  }

  /** Takes a client in; with a position it is first told what it has missed. */
  async add(client: LiveClient, resumeFrom: string | null): Promise<void> {
    await this.start();
    if (this.#clients.size === 0) await this.#tail.reset();
    client.onClose(() => this.#clients.delete(client));
    this.#tellMeta(client);
    // First in the list, then what it missed: so nothing falls between the two.
    this.#clients.add(client);
    if (resumeFrom) await this.#resume(client, resumeFrom);
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const client of this.#clients) client.close();
    await this.#looking;
    await (await this.#session)?.close();
  }

  #notified(channel: string, payload: string): void {
    if (channel === EVENT_CHANNEL) this.#wake();
    else if (channel === META_CHANNEL) void this.#metaChanged();
    else if (channel === JOB_CHANNEL) {
      const { createdBy, ...notice } = JSON.parse(payload) as JobNotice;
      for (const client of this.#clients)
        if (createdBy && client.userId === createdBy) client.send('job', notice);
    }
  }

  #beat(): void {
    for (const client of this.#clients) client.beat();
  }

  async #metaChanged(): Promise<void> {
    await this.#services.reloadRegistry().catch((error: unknown) => this.#failed(error));
    await this.#refresh();
  }

  /** Looks anew who each client is and what he may see; whoever is signed out or deactivated is let go. */
  async #refresh(): Promise<void> {
    await Promise.all([...this.#clients].map((client) => this.#refreshOne(client)));
  }

  async #refreshOne(client: LiveClient): Promise<void> {
    try {
      const principal = await client.authenticate();
      if (!principal) return client.close();
      client.context = await contextFor(this.#services, principal, client.context.ip);
      this.#tellMeta(client);
    } catch (error) {
      this.#failed(error);
    }
  }

  #tellMeta(client: LiveClient): void {
    const version = metaVersion(client.context);
    if (version === client.metaVersion) return;
    client.metaVersion = version;
    client.send('meta', { version });
  }

  #wake(): void {
    if (this.#stopped) return;
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      .then(() => this.#look())
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#looking = null;
        if (this.#again) {
          this.#again = false;
          this.#wake();
        }
      });
  }

  async #look(): Promise<void> {
    if (this.#clients.size === 0) return;
    let more = true;
    while (more && !this.#stopped) {
      const page = await this.#tail.read();
      more = page.more;
      await this.#tell(page.events);
    }
  }

  async #tell(events: LiveEvent[]): Promise<void> {
    if (events.length === 0) return;
    if (events.some((event) => RIGHTS.has(event.entity) || /\.(un)?shared$/.test(event.name)))
      await this.#refresh();
    const changes = await loadChanges(this.#services.db, this.#services.registry(), events);
    for (const client of this.#clients) {
      tellNotifications(client, events, this.#tail.position);
      for (const notice of noticesFor(client.context, changes))
        client.send('change', notice, this.#tail.position);
    }
  }

  async #resume(client: LiveClient, from: string): Promise<void> {
    const { rows } = await eventsSince(this.#services.db, from, RESUME_LIMIT + 1);
    const { policies, registry } = client.context;
    if (rows.length > RESUME_LIMIT) {
      client.send('notification', { fresh: true }, this.#tail.position);
      const readable = registry.entities.filter((entity) => policies.for(entity.name).can('read'));
      for (const { name } of readable)
        client.send('change', { entity: name, action: 'update' }, this.#tail.position);
      return;
    }
    tellNotifications(client, rows, this.#tail.position);
    const changes = await loadChanges(this.#services.db, registry, rows);
    for (const notice of noticesFor(client.context, changes))
      client.send('change', notice, this.#tail.position);
  }

  #failed(error: unknown): void {
    if (!this.#stopped) this.#services.log.warn({ err: error }, 'live updates are late');
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { sql } from 'kysely';
import { type App, createApp } from '../../app.ts';
import {
  administratorContext,
  createApiKeyFromCommandLine,
  personContext,
  setupCompany,
} from '../../modules/organisation/public.ts';
import type { Permissions } from '../access/permissions.ts';
import type { Context } from '../context/context.ts';
import { type Services, systemContext } from '../context/services.ts';
import { createRecord, updateRecord } from '../entity/records.ts';
import { readBatch } from '../events/reader.ts';
import { prepareJobs } from '../jobs/worker.ts';
import { createTestDatabase } from './database.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever the server says
  body: any;
  headers: LightMyRequestResponse['headers'];
  raw: LightMyRequestResponse;
}

/** Someone who talks to the API with a key of his own. */
export interface Person {
  id: string;
  key: string;
  send(method: string, path: string, payload?: unknown, headers?: Record<string, string>): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** `If-Match` is `*` unless given. */
  patch(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** Creates a record; throws unless it succeeds. */
  create(plural: string, body: object): Promise<{ id: string; version: number; [field: string]: unknown }>;
}

export interface TestApp {
  app: App;
  services: Services;
  server: FastifyInstance;
  administrator: Person;
  /** Circumstances of the administrator, for calling functions without HTTP. */
  context(): Promise<Context>;
  /** Circumstances of a person as his rights are now. */
  contextOf(person: { id: string }): Promise<Context>;
  /** A new active user with a role of these permissions of its own. */
  person(permissions: Permissions, options?: { department?: string; name?: string }): Promise<Person>;
  /** Gives someone made here other rights. */
  permit(person: Person, permissions: Permissions): Promise<void>;
  /** A user's key, for instance one made through the API. */
  keyFor(userId: string): Promise<Person>;
  department(name: string, parent?: string): Promise<string>;
  /** Lets everything that follows changes catch up with them. */
  follow(): Promise<void>;
  stop(): Promise<void>;
}

export const PASSWORD = 'Quiet-River-88';
export const ADMINISTRATOR_MAIL = 'lin@yunhe.example';

/** The whole application on a database of its own, set up with one administrator; without background work. */
export async function startTestApp(): Promise<TestApp> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'guanxi-app-'));
  const app = createApp({
    url: database.url,
    directUrl: database.url,
    dataDir,
    baseUrl: 'http://localhost',
    secret: 'an-installation-secret-of-the-tests-0123456789',
  });
  const { services } = app;
  await prepareJobs(services.pool, services.directUrl);
  await services.reloadRegistry();
  const server = await app.server();
  const { userId } = await setupCompany(app.accounts, {
    company: '云鹤',
    name: '林静',
    email: ADMINISTRATOR_MAIL,
    password: PASSWORD,
  });
  const system = () => systemContext(services, { kind: 'system' });
  const keyFor = async (id: string) => {
    const { key } = await createApiKeyFromCommandLine(services, { name: 'test', userId: id });
    return personWith(server, id, key);
  };
  let people = 0;
  const roles = new WeakMap<Person, string>();
  return {
    app,
    services,
    server,
    administrator: await keyFor(userId),
    context: () => administratorContext(services),
    contextOf: ({ id }) => personContext(services, { id }, { kind: 'person' }),
    keyFor,
    async person(permissions, { department, name = `员工${++people}` } = {}) {
      const ctx = await system();
      const role = await createRecord(ctx, 'role', { name: `${name}的角色${++people}`, permissions });
      const user = await createRecord(ctx, 'user', {
        name,
        roles: [role.id],
        ...(department ? { department } : {}),
      });
      await sql`update "user" set status = 'active' where id = ${user.id}`.execute(services.db);
      const person = await keyFor(user.id);
      roles.set(person, role.id);
      return person;
    },
    async permit(person, permissions) {
      await updateRecord(await system(), 'role', roles.get(person)!, { permissions }, null);
    },
    department: async (name, parent) =>
      (await createRecord(await system(), 'department', { name, ...(parent ? { parent } : {}) })).id,
    async follow() {
      // What one writes another may follow; transactions of other tests on this cluster hold events back for a moment.
      const state = async () =>
        (
          await sql<{ n: number; held: boolean }>`select count(*)::int as n,
            coalesce(bool_or(tx >= pg_snapshot_xmin(pg_current_snapshot())), false) as held from event`.execute(
            services.db,
          )
        ).rows[0];
      for (;;) {
        const before = await state();
        for (const subscriber of app.subscribers) while (await readBatch(services, subscriber));
        if (!before?.held && before?.n === (await state())?.n) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async stop() {
      await app.stopBackground();
      await server.close();
      await app.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function personWith(server: FastifyInstance, id: string, key: string): Person {
  const send: Person['send'] = async (method, path, payload, headers = {}) => {
    const raw = await server.inject({
      method: method as InjectOptions['method'],
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${key}`, ...headers },
      ...(payload === undefined ? {} : { payload: payload as object }),
    } as InjectOptions);
    const json = String(raw.headers['content-type']).includes('json');
    return {
      status: raw.statusCode,
      body: json && raw.body ? JSON.parse(raw.body) : raw.body,
      headers: raw.headers,
      raw,
    };
  };
  return {
    id,
    key,
    send,
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body = {}, headers) => send('POST', path, body, headers),
    patch: (path, body, headers) => send('PATCH', path, body, { 'if-match': '*', ...headers }),
    put: (path, body) => send('PUT', path, body),
    delete: (path) => send('DELETE', path),
    async create(plural, body) {
      const answer = await send('POST', `/${plural}`, body);
      if (answer.status !== 201) throw new Error(`POST /${plural}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
  };
}

/** Repeats a look until it gives something, for what happens after the fact; fails when nothing comes. */
export async function eventually<T>(
  look: () => Promise<T | null | undefined | false>,
  seconds = 25,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error('nothing came');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

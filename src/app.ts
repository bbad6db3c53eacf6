import { existsSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { activities } from './modules/activities/module.ts';
import { customers } from './modules/customers/module.ts';
import { organisation } from './modules/organisation/module.ts';
import {
  type AccountServices,
  accountServices,
  createPolicyInputs,
  createRequestAuthenticate,
  createSettingsReader,
} from './modules/organisation/public.ts';
import { products } from './modules/products/module.ts';
import type { Services } from './platform/context/services.ts';
import { createDb, createPool } from './platform/db/connection.ts';
import type { MigrationSource } from './platform/db/migrate.ts';
import { metaRoutes } from './platform/entity/meta-route.ts';
import { buildRegistry, type Registry } from './platform/entity/registry.ts';
import { recordRoutes } from './platform/entity/routes.ts';
import type { EntitySpec } from './platform/entity/types.ts';
import { openApiDocument, openApiRoute } from './platform/http/openapi.ts';
import type { Route } from './platform/http/route.ts';
import { createServer } from './platform/http/server.ts';
import { loadTranslations } from './platform/i18n/translations.ts';
import { jobRoutes } from './platform/jobs/routes.ts';
import { placeRoutes } from './platform/place/routes.ts';
import { searchRoutes } from './platform/search/routes.ts';

const modules = [organisation, customers, activities, products];

const platformRooms = ['search', 'jobs'];
const room = (name: string, folder: string) => new URL(`./platform/${name}/${folder}/`, import.meta.url);

export const migrationSources: MigrationSource[] = [
  { name: 'platform', folder: new URL('./platform/migrations/', import.meta.url) },
  ...platformRooms.map((name) => ({ name, folder: room(name, 'migrations') })),
  ...modules.map(({ name, migrations }) => ({ name, folder: migrations })),
];

const translationFolders = [
  new URL('./platform/i18n/texts/', import.meta.url),
  ...platformRooms
    .map((name) => room(name, 'i18n'))
    .filter((folder) => existsSync(new URL('zh.json', folder))),
  ...modules.map(({ translations }) => translations),
];

/** All words and declared record types; without a database, for tools and tests. */
export function declaredRegistry(): Registry {
  const entities: EntitySpec[] = modules.flatMap((module) => [...module.entities]);
  return buildRegistry(entities, loadTranslations(translationFolders));
}

export interface AppSettings {
  url: string;
  directUrl: string;
  dataDir: string;
  baseUrl: string;
  secret: string;
}

export interface App {
  services: Services;
  routes: readonly Route[];
  /** The HTTP server, not yet listening. */
  server(): Promise<FastifyInstance>;
  accounts: AccountServices;
  /** Jobs, event subscribers and live updates. */
  startBackground(): Promise<void>;
  stopBackground(): Promise<void>;
  close(): Promise<void>;
}

/** Composes platform and modules over a migrated database. */
export function createApp(settings: AppSettings): App {
  const pool = createPool(settings.url);
  const db = createDb(pool);
  const registry = declaredRegistry();
  const services: Services = {
    ...settings,
    db,
    pool,
    behaviours: new Map(modules.flatMap((module) => [...(module.behaviours ?? [])])),
    registry: () => registry,
    reloadRegistry: async () => {},
    policyInput: createPolicyInputs(db),
    settings: createSettingsReader(db),
    wakeSubscribers: () => {},
    log: consoleLog,
  };
  const accounts = accountServices(services);
  const commands = modules.flatMap((module) => [...(module.commands?.(accounts) ?? [])]);
  const routes: Route[] = [
    ...modules.flatMap((module) => [...(module.routes?.(accounts) ?? [])]),
    ...metaRoutes(commands),
    ...searchRoutes(),
    ...placeRoutes(),
    ...jobRoutes(),
    ...recordRoutes(commands),
  ];
  routes.push(openApiRoute(routes, commands));
  return {
    services,
    routes,
    accounts,
    startBackground: async () => {},
    stopBackground: async () => {},
    server: async () => {
      const server = await createServer({
        services,
        routes,
        authenticate: createRequestAuthenticate(services),
      });
      server.get('/api/openapi.json', (_request, reply) =>
        reply.send(openApiDocument(services.registry(), routes, commands)),
      );
      return server;
    },
    close: async () => {
      await pool.end();
    },
  };
}

const consoleLog: Services['log'] = {
  info: (data, message) => console.info(JSON.stringify({ level: 'info', message, ...data })),
  warn: (data, message) => console.warn(JSON.stringify({ level: 'warn', message, ...data })),
  error: (data, message) => {
    const { err, ...rest } = data as { err?: Error };
    console.error(JSON.stringify({ level: 'error', message, ...rest, error: err?.stack ?? err }));
  },
};

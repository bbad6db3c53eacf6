import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type App, createApp, migrationSources } from '../app.ts';
import { upgradeRights } from '../modules/organisation/public.ts';
import { migrateAll } from '../platform/db/migrate.ts';
import { databaseSettings, openDatabase } from '../platform/db/open-database.ts';
import { preparePartitions } from '../platform/db/partitions.ts';
import { prepareJobs } from '../platform/jobs/worker.ts';

export interface Settings {
  port: number;
  dataDir: string;
  baseUrl: string;
}

/** Settings from the environment, see README. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const port = Number(env.PORT ?? 3000);
  return {
    port,
    dataDir: resolve(env.GUANXI_DATA_DIR ?? './data'),
    baseUrl: env.GUANXI_BASE_URL ?? `http://localhost:${port}`,
  };
}

/** The installation's secret: given, or made on first start and kept readable by its owner only. */
export function installationSecret(dataDir: string, env: NodeJS.ProcessEnv = process.env): string {
  if (env.GUANXI_SECRET) return env.GUANXI_SECRET;
  const path = join(dataDir, 'secret');
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    chmodSync(path, 0o600);
  }
  return readFileSync(path, 'utf8').trim();
}

/** Opens database and application for a piece of work, and closes both afterwards. */
export async function withApp<T>(work: (app: App, settings: Settings) => Promise<T>): Promise<T> {
  const { app, settings, close } = await openApp();
  try {
    return await work(app, settings);
  } finally {
    await close();
  }
}

/** Opens the database (starting the embedded one where needed), brings its schema up to date, composes the application. */
export async function openApp(
  settings = readSettings(),
): Promise<{ app: App; settings: Settings; close(): Promise<void> }> {
  const database = await openDatabase({ ...databaseSettings(), dataDir: settings.dataDir });
  try {
    await migrateAll(database.directUrl, migrationSources);
    const secret = installationSecret(settings.dataDir);
    const app = createApp({ ...settings, url: database.url, directUrl: database.directUrl, secret });
    await prepareJobs(app.services.pool, database.directUrl);
    await preparePartitions(app.services.db);
    await app.services.reloadRegistry();
    await upgradeRights(app.services);
    return {
      app,
      settings,
      close: async () => {
        await app.close();
        await database.release();
      },
    };
  } catch (error) {
    await database.release();
    throw error;
  }
}

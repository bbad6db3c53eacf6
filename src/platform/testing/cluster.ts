import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { type EmbeddedDatabase, openEmbedded } from '../db/embedded/embedded.ts';
import { listMigrations, type MigrationSource, migrateAll } from '../db/migrate.ts';
import { StartupError } from '../errors/startup.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const TEMPLATE = 'guanxi_template_';
const REBUILD = new Set(['embedded-database-start', 'data-version']);
const KEPT_TEMPLATES = 6;
const BUILD_LOCK = 7_245_041;

/**
 * The PostgreSQL of the tests: one cluster per checkout, kept in the folder for temporary files and shared by all test
 * runs at the same time through leases. It does without fsync; when a power cut broke it, it is made anew.
 */
export async function openTestCluster(): Promise<EmbeddedDatabase> {
  const key = createHash('sha256').update(ROOT).digest('hex').slice(0, 10);
  const dataDir = join(tmpdir(), `guanxi-test-${userInfo().uid}-${key}`);
  const options = { dataDir, throwaway: true };
  try {
    return await openEmbedded(options);
  } catch (error) {
    if (!(error instanceof StartupError && REBUILD.has(error.code))) throw error;
    await rm(dataDir, { recursive: true, force: true });
    return openEmbedded(options);
  }
}

/** Migrations of the whole house: every folder `migrations` under src. */
function migrationSources(): MigrationSource[] {
  return globSync('src/**/migrations', { cwd: ROOT }).map((folder) => ({
    name: folder,
    folder: pathToFileURL(`${join(ROOT, folder)}/`),
  }));
}

/** Name of the migrated database which test databases copy; made when migrations changed. */
export async function prepareTemplate(server: EmbeddedDatabase): Promise<string> {
  const sources = migrationSources();
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'src/platform/db/migrate.ts')));
  for (const { name, digest } of listMigrations(sources)) hash.update(`${name} ${digest}\n`);
  const template = `${TEMPLATE}${hash.digest('hex').slice(0, 12)}`;
  await withAdmin(server.adminUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [BUILD_LOCK]);
    if ((await databasesLike(client, template)).length > 0) return;
    const unfinished = template.replace(TEMPLATE, 'guanxi_unfinished_');
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await client.query(`create database ${unfinished} owner guanxi`);
    await migrateAll(databaseUrl(server.url, unfinished), sources);
    await client.query(`alter database ${unfinished} rename to ${template}`);
    const templates = await databasesLike(client, `${TEMPLATE}%`);
    for (const old of templates.slice(0, -KEPT_TEMPLATES))
      await client.query(`drop database if exists ${old}`);
  });
  return template;
}

/** Drops the databases of test processes that were killed. */
export async function dropAbandoned(server: EmbeddedDatabase): Promise<void> {
  await withAdmin(server.adminUrl, async (client) => {
    for (const name of await databasesLike(client, 'guanxi_test_%')) {
      if (!isAlive(Number(name.split('_')[2])))
        await client.query(`drop database if exists ${name} with (force)`);
    }
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Names matching a pattern of LIKE, oldest first. */
async function databasesLike(client: pg.Client, pattern: string): Promise<string[]> {
  const { rows } = await client.query<{ datname: string }>(
    'select datname from pg_database where datname like $1 order by oid',
    [pattern],
  );
  return rows.map((row) => row.datname);
}

/** The same server and user, another database. */
export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

export async function withAdmin<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StartupError } from '../../errors/startup.ts';
import { type Cluster, openCluster, startServer, stopServer } from './cluster.ts';
import { type FileLock, tryFileLock, waitForFileLock } from './file-lock.ts';
import { type Credentials, credentials, findHome } from './home.ts';
import { findPostmaster } from './postmaster.ts';

export interface EmbeddedOptions {
  dataDir: string;
  /** True for test data: faster, and lost with a power cut. */
  throwaway?: boolean;
  /** Takes lines for people about where things lie; standard error by default, since results go to standard output. */
  say?: (line: string) => void;
}

export interface EmbeddedDatabase {
  /** The application's role in the application's database. */
  url: string;
  /** The superuser, in the database `postgres`. */
  adminUrl: string;
  /** Gives the lease back; the last one to do so stops the server. */
  release(): Promise<void>;
}

const LOCK_WAIT_MS = 660_000;
const DATABASE = 'guanxi';
const STARTING_UP = '57P03';
const passing = new Set([STARTING_UP, 'ECONNREFUSED', 'ECONNRESET']);

/**
 * Opens the embedded PostgreSQL of a data folder: adopts the live server or starts it. Every process that uses it holds
 * a lease, a locked file which the kernel frees when the process ends; whoever releases the last lease stops the
 * server. After `kill -9` of the application nobody does, and the next start adopts the server.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const say = options.say ?? ((line: string) => process.stderr.write(`${line}\n`));
  const home = findHome(options.dataDir, say);
  return withClusterLock(home, async () => {
    const secrets = credentials(home);
    const cluster = await openCluster(home, secrets.superuser);
    const port =
      (await adoptServer(cluster, secrets)) ?? (await startServer(cluster, options.throwaway ?? false)).port;
    await provision(port, secrets);
    const lease = takeLease(home);
    return {
      url: urlOf('guanxi', secrets.application, port, DATABASE),
      adminUrl: urlOf('postgres', secrets.superuser, port, 'postgres'),
      release: once(() => withClusterLock(home, () => giveBack(home, cluster, lease))),
    };
  });
}

const urlOf = (user: string, password: string, port: number, database: string) =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;

/** Answers the port of the live server once it takes connections, or null when there is none. */
async function adoptServer({ folder }: Cluster, { superuser }: Credentials): Promise<number | null> {
  for (;;) {
    const postmaster = findPostmaster(folder);
    if (!postmaster) return null;
    // A server that is starting has not yet written its port; one that is stopping refuses, and is gone soon after.
    if (postmaster.port > 0) {
      const client = new pg.Client(urlOf('postgres', superuser, postmaster.port, 'postgres'));
      client.on('error', () => {});
      try {
        await client.connect();
        return postmaster.port;
      } catch (error) {
        if (!passing.has((error as { code?: string }).code ?? '')) throw error;
      } finally {
        await client.end();
      }
    }
    await sleep(30);
  }
}

/** Makes the application's role and database where they are missing: on the first start, or after an interrupted one. */
async function provision(port: number, secrets: Credentials): Promise<void> {
  const client = new pg.Client(urlOf('postgres', secrets.superuser, port, 'postgres'));
  await client.connect();
  try {
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rows.length > 0) return;
    const role = await client.query('select 1 from pg_roles where rolname = $1', ['guanxi']);
    if (role.rows.length === 0) {
      await client.query(
        `create role guanxi login createdb in role pg_monitor password ${pg.escapeLiteral(secrets.application)}`,
      );
    }
    await client.query(`create database ${DATABASE} owner guanxi`);
  } finally {
    await client.end();
  }
}

interface Lease {
  path: string;
  lock: FileLock;
}

function takeLease(home: string): Lease {
  const folder = join(home, 'leases');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${process.pid}-${randomUUID()}.lease`);
  const lock = tryFileLock(path);
  if (!lock) throw new Error(`lease ${path} is taken`);
  return { path, lock };
}

async function giveBack(home: string, cluster: Cluster, lease: Lease): Promise<void> {
  lease.lock.release();
  const folder = join(home, 'leases');
  let others = 0;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.lease'))) {
    const path = join(folder, name);
    const abandoned = tryFileLock(path);
    if (abandoned) {
      abandoned.release();
      rmSync(path, { force: true });
    } else others++;
  }
  if (others === 0) await stopServer(cluster);
}

async function withClusterLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  const lock = await waitForFileLock(join(home, 'cluster.lock'), LOCK_WAIT_MS);
  if (!lock) {
    throw new StartupError(
      'cluster-locked',
      `另一个进程占用数据库目录 ${home} 已超过 ${LOCK_WAIT_MS / 1000} 秒。请结束该进程后重试。`,
      `Another process has held the database folder ${home} for over ${LOCK_WAIT_MS / 1000} seconds. End it and try again.`,
    );
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}

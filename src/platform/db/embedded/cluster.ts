import { chownSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '../../errors/startup.ts';
import { type Binaries, prepareBinaries } from './binaries.ts';
import { findPostmaster, hasStaleRunFile, type Postmaster } from './postmaster.ts';
import { freePort, run } from './run.ts';
import { serverConfig } from './server-config.ts';
import { type ServiceUser, serviceUser } from './service-user.ts';

/** A PostgreSQL data folder with the programs and the user that serve it. */
export interface Cluster {
  folder: string;
  binaries: Binaries;
  user: ServiceUser;
}

const ATTEMPTS = 40;

/** Opens the cluster in `home`, making it with this superuser password when there is none. */
export async function openCluster(home: string, password: string): Promise<Cluster> {
  const folder = join(home, 'cluster');
  const exists = existsSync(folder);
  const user = exists ? ownerOf(folder) : serviceUser();
  const cluster = { folder, user, binaries: await prepareBinaries(home, user) };
  if (exists) checkVersion(cluster);
  else await initialise(home, cluster, password);
  return cluster;
}

function ownerOf(folder: string): ServiceUser {
  const { uid, gid } = statSync(folder);
  const own = process.getuid?.();
  if (own === 0) return { uid, gid };
  if (own === undefined || own === uid) return undefined;
  throw new StartupError(
    'data-owner',
    `数据目录 ${folder} 属于另一个系统用户（uid ${uid}）。请用该用户启动，或把目录的所有者改为当前用户。`,
    `The data folder ${folder} belongs to another user (uid ${uid}). Start as that user, or change the folder's owner.`,
  );
}

function checkVersion({ folder, binaries }: Cluster): void {
  const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (found === binaries.major) return;
  throw new StartupError(
    'data-version',
    `数据由 PostgreSQL ${found} 保存，而此版本使用 PostgreSQL ${binaries.major}。请用旧版本执行 guanxi backup，再在新的数据目录中执行 guanxi restore。`,
    `The data was written by PostgreSQL ${found}, this release runs ${binaries.major}. Run "guanxi backup" with the old release and "guanxi restore" into a new data folder.`,
  );
}

/** Made aside and renamed, so that an interrupted start never leaves half a cluster. */
async function initialise(
  home: string,
  { folder, binaries, user }: Cluster,
  password: string,
): Promise<void> {
  const unfinished = `${folder}.new`;
  const passwordFile = join(home, 'initdb-password');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) for (const path of [unfinished, passwordFile]) chownSync(path, user.uid, user.gid);
  const options = [
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=icu',
    '--icu-locale=zh-Hans',
    '--lc-ctype=C.UTF-8',
    '--lc-collate=C.UTF-8',
    '--lc-messages=C',
  ];
  try {
    await run(binaries.initdb, [`--pgdata=${unfinished}`, ...options], user);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await appendFile(join(unfinished, 'postgresql.conf'), "\ninclude_if_exists = 'guanxi.conf'\n");
  await rename(unfinished, folder);
}

/** Starts the server, detached from this process, and answers where it listens. */
export async function startServer(cluster: Cluster, throwaway: boolean): Promise<Postmaster> {
  const { folder, binaries, user } = cluster;
  if (hasStaleRunFile(folder)) rmSync(join(folder, 'postmaster.pid'), { force: true });
  const startLog = join(folder, 'start.log');
  for (let attempt = 1; ; attempt++) {
    await writeFile(join(folder, 'guanxi.conf'), serverConfig(await freePort(), throwaway));
    await rm(startLog, { force: true });
    try {
      // Recovery after a power cut can take minutes with much unwritten data; waiting longer than pg_ctl's 60 s is right.
      await run(binaries.pgCtl, ['start', '--silent', '-D', folder, '-l', startLog, '-w', '-t', '600'], user);
    } catch (cause) {
      const log = existsSync(startLog) ? readFileSync(startLog, 'utf8') : '';
      // The port was taken meanwhile, or processes of a killed server are about to end and still hold its memory.
      const passing = /could not bind|shared memory block|Address already in use/.test(log);
      if (passing && attempt < ATTEMPTS) {
        await sleep(250);
        continue;
      }
      throw startFailed(folder, log, cause);
    }
    const postmaster = findPostmaster(folder);
    if (postmaster) return postmaster;
    throw startFailed(folder, '', undefined);
  }
}

function startFailed(folder: string, log: string, cause: unknown): StartupError {
  const reason = `${log.trim().split('\n').slice(-5).join('\n')}\n${join(folder, 'log')}`;
  return new StartupError(
    'embedded-database-start',
    `内置 PostgreSQL 没有启动，数据未被改动。原因与日志：\n${reason}`,
    'The built-in PostgreSQL did not start; the data is untouched. Reason and log: see above.',
    { cause },
  );
}

/** Ends the server after its running statements were cancelled; everything confirmed is on disk. */
export async function stopServer({ folder, binaries, user }: Cluster): Promise<void> {
  if (!findPostmaster(folder)) return;
  await run(binaries.pgCtl, ['stop', '--silent', '-D', folder, '-m', 'fast', '-w', '-t', '120'], user);
}

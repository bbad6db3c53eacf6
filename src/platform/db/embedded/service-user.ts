import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartupError } from '../../errors/startup.ts';

/** The user of the operating system as whom PostgreSQL runs; undefined means: as we do. */
export type ServiceUser = { uid: number; gid: number } | undefined;

const NAMES = ['postgres', 'guanxi'] as const;

/**
 * PostgreSQL refuses to run as root. An ordinary user runs it himself; root runs it as `postgres` where that user
 * exists, else as a system user `guanxi` made for it.
 */
export function serviceUser(): ServiceUser {
  if (process.getuid?.() !== 0) return undefined;
  const existing = NAMES.map(findUser).find((user) => user !== undefined);
  if (existing) return existing;
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'guanxi',
  ]);
  const made = findUser('guanxi') ?? findUser('nobody');
  if (made) return made;
  throw new StartupError(
    'service-user',
    'PostgreSQL 不能以 root 运行，也无法创建系统用户 guanxi。请改用普通用户启动，或先执行：useradd --system guanxi',
    'PostgreSQL does not run as root and the system user guanxi cannot be made. Start as an ordinary user, or run: useradd --system guanxi',
  );
}

function findUser(name: string): ServiceUser {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** Whether the user may pass through every folder above and including `path` (which must exist). */
export function canReach(path: string, user: ServiceUser): boolean {
  if (!user) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    const { uid, gid, mode } = statSync(folder);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { canReach, type ServiceUser, serviceUser } from './service-user.ts';

const OUTSIDE = '/var/lib/guanxi';
const POINTER = 'postgres-location';

/**
 * The folder that holds cluster, locks and leases: `postgres` inside the data folder. Root's PostgreSQL runs as another
 * user, whom a closed home folder (`/root`) keeps out; the cluster then lies under /var/lib/guanxi, and a file in the
 * data folder says where.
 */
export function findHome(dataDir: string, say: (line: string) => void): string {
  mkdirSync(dataDir, { recursive: true });
  const pointer = join(dataDir, POINTER);
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  const inside = join(resolve(dataDir), 'postgres');
  if (existsSync(inside)) return inside;
  const user = serviceUser();
  if (openTo(dirname(inside), user)) {
    mkdirSync(inside);
    return inside;
  }
  const outside = join(OUTSIDE, createHash('sha256').update(inside).digest('hex').slice(0, 12));
  mkdirSync(outside, { recursive: true });
  writeFileSync(pointer, `${outside}\n`);
  say(`数据库保存在 ${outside}：PostgreSQL 的系统用户不能进入 ${dirname(inside)}`);
  say(`The database lies in ${outside}: the user of PostgreSQL cannot enter ${dirname(inside)}`);
  return outside;
}

/** The data folder itself is ours and may be opened for passing through; the folders above it are not. */
function openTo(folder: string, user: ServiceUser): boolean {
  if (canReach(folder, user)) return true;
  if (!canReach(dirname(folder), user)) return false;
  chmodSync(folder, (statSync(folder).mode & 0o777) | 0o011);
  return true;
}

/** Passwords of the superuser and of the application's own role, made on first use and readable by us alone. */
export interface Credentials {
  superuser: string;
  application: string;
}

export function credentials(home: string): Credentials {
  const path = join(home, 'credentials.json');
  if (!existsSync(path)) {
    const made: Credentials = { superuser: secret(), application: secret() };
    writeFileSync(path, JSON.stringify(made), { mode: 0o600, flush: true });
  }
  return JSON.parse(readFileSync(path, 'utf8')) as Credentials;
}

const secret = () => randomBytes(24).toString('hex');

import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { canReach, type ServiceUser, serviceUser } from './service-user.ts';

const POINTER = 'postgres-location';

/**
 * The folder that holds cluster, locks and leases: `postgres` inside the data folder. Root's PostgreSQL runs as another
 * user, whom a closed home folder (`/root`) keeps out; the cluster then lies under /var/lib/guanxi, and a file in the
 * data folder says where.
 */
export function findHome(dataDir: string, say: (line: string) => void, place: Place = usualPlace()): string {
  mkdirSync(dataDir, { recursive: true });
  const pointer = join(dataDir, POINTER);
  const inside = join(resolve(dataDir), 'postgres');
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  if (existsSync(inside) || openTo(dirname(inside), place.user)) {
    mkdirSync(inside, { recursive: true });
    return inside;
  }
  // Not named after the data folder: whoever deletes that starts anew, and does not find the old data again.
  const outside = join(place.outside, randomBytes(6).toString('hex'));
  try {
    writeFileSync(pointer, `${outside}\n`, { flag: 'wx' });
  } catch {
    return readFileSync(pointer, 'utf8').trim();
  }
  mkdirSync(outside, { recursive: true });
  say(`数据库保存在 ${outside}：PostgreSQL 的系统用户不能进入 ${dirname(inside)}`);
  say(`The database lies in ${outside}: the user of PostgreSQL cannot enter ${dirname(inside)}`);
  return outside;
}

interface Place {
  user: ServiceUser;
  /** Where clusters lie that cannot lie in the data folder. */
  outside: string;
}

const usualPlace = (): Place => ({ user: serviceUser(), outside: '/var/lib/guanxi' });

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

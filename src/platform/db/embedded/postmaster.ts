import { readFileSync, realpathSync } from 'node:fs';

/** What PostgreSQL's own run file `postmaster.pid` says about the server of a cluster. */
export interface Postmaster {
  pid: number;
  port: number;
}

/**
 * The server running on this cluster, or null. After `kill -9` or a power cut the run file stays behind, and its
 * process id may by then belong to another program (always so in containers), so that the process is looked at.
 */
export function findPostmaster(cluster: string): Postmaster | null {
  const run = readRunFile(cluster);
  return run && isServerOf(run.pid, cluster) ? run : null;
}

/** Whether a run file is left over from a server that is gone. */
export function hasStaleRunFile(cluster: string): boolean {
  return readRunFile(cluster) !== null && findPostmaster(cluster) === null;
}

function readRunFile(cluster: string): Postmaster | null {
  try {
    const [pid, , , port] = readFileSync(`${cluster}/postmaster.pid`, 'utf8').split('\n');
    return { pid: Number(pid), port: Number(port) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isServerOf(pid: number, cluster: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    // A postmaster works in its data folder; this stays true when the folder is moved under it.
    return realpathSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch (error) {
    // Another user's process does not show where it works; our server is our own or we are root.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT' && process.getuid?.() === 0;
  }
}

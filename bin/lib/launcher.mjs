import { readFileSync } from 'node:fs';

const INTERVAL_MS = 250;

/**
 * npm runs a script through a shell, which does not pass signals on: whoever ends `npm start` itself would leave the
 * server behind, holding port and data. So a program started by npm ends as if asked to when npm or that shell is gone.
 * Started in any other way it outlives its starter, as a server in the background should.
 * @param {(signal: 'SIGTERM') => void} end
 */
export function endWithLauncher(end) {
  if (!process.env.npm_lifecycle_event) return;
  const before = launchers();
  const timer = setInterval(() => {
    if (launchers() === before) return;
    clearInterval(timer);
    end('SIGTERM');
  }, INTERVAL_MS);
  timer.unref();
}

/** The process above us and the one above that (only Linux shows the latter). */
function launchers() {
  const parent = process.ppid;
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    return `${parent} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return `${parent}`;
  }
}

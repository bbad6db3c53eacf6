import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StartupError } from '../errors/startup.ts';
import { type FileLock, waitForFileLock } from './embedded/file-lock.ts';

/** How long the one before may take to stop, so that a restart needs no pause. */
const STOPPING_MS = 3000;

/**
 * Claims the data folder for one application server; the command line does not need it. The lock ends with the process,
 * also after `kill -9`. Fails with a StartupError that names the server in the way.
 * @param address where this server will answer, shown to whoever comes second
 */
export async function claimApplication(dataDir: string, address: string): Promise<FileLock> {
  const folder = resolve(dataDir);
  const lock = await waitForFileLock(join(folder, 'application.lock'), STOPPING_MS);
  const note = join(folder, 'application.json');
  if (lock) {
    writeFileSync(note, JSON.stringify({ pid: process.pid, address }));
    return lock;
  }
  const other = readNote(note);
  throw new StartupError(
    'already-running',
    `关系已经在这个数据目录上运行：${other.address}（进程 ${other.pid}，目录 ${folder}）。请打开该地址，或先停止它；要另开一个，请用 GUANXI_DATA_DIR 指定另一个目录。`,
    `Guanxi already runs on this data folder: ${other.address} (process ${other.pid}, folder ${folder}). Open that address or stop it first; for a second one, set GUANXI_DATA_DIR to another folder.`,
  );
}

function readNote(path: string): { pid: number | string; address: string } {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // The other one starts this very moment and has not written it yet.
    return { pid: '?', address: '?' };
  }
}

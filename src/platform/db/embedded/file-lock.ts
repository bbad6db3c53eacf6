import { chownSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/** A lock held by this process; the kernel frees it when the process ends, however it ends. */
export interface FileLock {
  release(): void;
}

const BUSY = 5;

/**
 * Takes the lock on a file, or answers null when another process holds it. Node has no file locks of its own, SQLite
 * does (the same on Linux, macOS and Windows) and is part of Node; nothing is ever stored in the file. A process id in
 * a file would not do: after `kill -9` or in a container the same id can belong to somebody else.
 */
export function tryFileLock(path: string): FileLock | null {
  mkdirSync(dirname(path), { recursive: true });
  const handle = new DatabaseSync(path, { timeout: 0 });
  try {
    // Without a journal in memory SQLite would put a file of its own beside the lock.
    handle.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    handle.close();
    if ((error as { errcode?: number }).errcode === BUSY) return null;
    throw error;
  }
  shareWithOwner(path);
  let held = true;
  return {
    release() {
      if (held) handle.close();
      held = false;
    },
  };
}

/** Waits until the lock is free; gives up with null after `timeoutMs`. */
export async function waitForFileLock(path: string, timeoutMs: number): Promise<FileLock | null> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const lock = tryFileLock(path);
    if (lock || performance.now() > deadline) return lock;
    await sleep(20);
  }
}

/** A command run once by root must not lock the folder's owner out. */
function shareWithOwner(path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(dirname(path));
  if (statSync(path).uid !== uid) chownSync(path, uid, gid);
}

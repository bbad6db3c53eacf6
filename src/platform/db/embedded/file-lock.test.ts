import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tryFileLock, waitForFileLock } from './file-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanxi-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that takes the lock and keeps it until it is killed. */
async function holder(path: string) {
  const source = `
    import { tryFileLock } from ${JSON.stringify(`${import.meta.dirname}/file-lock.ts`)};
    const lock = tryFileLock(${JSON.stringify(path)});
    process.stdout.write(lock ? 'held' : 'refused');
    setInterval(() => lock, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [answer] = await once(child.stdout, 'data');
  return { child, answer: String(answer) };
}

test('a lock is held once, also within one process, and can be taken again after its release', () => {
  const path = join(folder, 'made/on/demand.lock');
  const lock = tryFileLock(path);
  expect(lock).not.toBeNull();
  expect(tryFileLock(path)).toBeNull();
  lock!.release();
  lock!.release();
  expect(tryFileLock(path)).not.toBeNull();
});

test('another process is refused until the holder is killed, and nothing is left beside the lock', async () => {
  const path = join(folder, 'a.lock');
  const { child, answer } = await holder(path);
  expect(answer).toBe('held');
  expect(tryFileLock(path)).toBeNull();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = tryFileLock(path);
  expect(lock).not.toBeNull();
  lock!.release();
  expect(readdirSync(folder)).toEqual(['a.lock']);
});

test('waiting ends with the lock once it is free, and with null when it stays taken', async () => {
  const path = join(folder, 'b.lock');
  const first = tryFileLock(path)!;
  expect(await waitForFileLock(path, 50)).toBeNull();
  const second = waitForFileLock(path, 10_000);
  first.release();
  expect(await second).not.toBeNull();
});

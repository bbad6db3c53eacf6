import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimApplication } from './application-lock.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'guanxi-claim-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('the second server on a data folder hears which one is in the way', async () => {
  const first = await claimApplication(dataDir, 'http://localhost:41010');
  await expect(claimApplication(dataDir, 'http://localhost:41011')).rejects.toMatchObject({
    code: 'already-running',
    message: expect.stringMatching(/http:\/\/localhost:41010.*已|已经.*http:\/\/localhost:41010/),
  });
  first.release();
  (await claimApplication(dataDir, 'http://localhost:41011')).release();
});

test('other data folders are free', async () => {
  const first = await claimApplication(join(dataDir, 'a'), 'http://localhost:41010');
  const second = await claimApplication(join(dataDir, 'b'), 'http://localhost:41011');
  first.release();
  second.release();
});

test('a killed server gives its claim up', async () => {
  const source = `
    import { claimApplication } from ${JSON.stringify(`${import.meta.dirname}/application-lock.ts`)};
    await claimApplication(${JSON.stringify(dataDir)}, 'http://localhost:41012');
    process.stdout.write('claimed');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  (await claimApplication(dataDir, 'http://localhost:41013')).release();
});

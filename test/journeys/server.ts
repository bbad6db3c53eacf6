import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '../../src/platform/testing/database.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const READY_MS = 90_000;

interface RunningServer {
  url: string;
  stop(): Promise<void>;
}

let nextPort = 0;

/**
 * A port of this process's own twenty, below those the system hands out: a server that takes long to start would lose one of
 * these to whoever asks for one meanwhile.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 11_000 + (process.pid % 1000) * 20 + (nextPort++ % 20);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}

/**
 * The real server, as its own process on a data folder of its own, with the built browser application.
 * @param database `embedded`: the server makes its PostgreSQL in the data folder, as at a user's first start; `copied`: it
 *   gets a migrated database of the tests' PostgreSQL, which takes a tenth of the time
 */
export async function startServer(database: 'embedded' | 'copied'): Promise<RunningServer> {
  if (!existsSync(join(ROOT, 'dist/web/index.html')))
    throw new Error('build the application first: npx vite build');
  const dataDir = await mkdtemp(join(tmpdir(), 'guanxi-journey-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { DATABASE_URL: _external, ...env } = process.env;
  const copied = database === 'copied' ? await createTestDatabase() : undefined;
  const child = spawn(process.execPath, ['src/main.ts', 'start'], {
    cwd: ROOT,
    env: {
      ...env,
      ...(copied ? { DATABASE_URL: copied.url } : {}),
      GUANXI_DATA_DIR: dataDir,
      PORT: String(port),
      GUANXI_BASE_URL: url,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (said += String(part)));
  const stop = async () => {
    await end(child);
    await copied?.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await answering(child, url, () => said);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function answering(child: ChildProcess, url: string, said: () => string): Promise<void> {
  const late = Date.now() + READY_MS;
  while (Date.now() < late) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${said()}`);
    const ready = await fetch(`${url}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the server is not ready:\n${said()}`);
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const hard = setTimeout(() => child.kill('SIGKILL'), 15_000);
    child.once('exit', () => {
      clearTimeout(hard);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

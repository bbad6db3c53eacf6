import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createTestDatabase } from '../../platform/testing/database.ts';

const MAIN = resolve(import.meta.dirname, '../../main.ts');

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** An installation over an outside PostgreSQL, whose server and commands are processes of their own. */
export interface Installation {
  port: number;
  databaseUrl: string;
  /** Runs a command to its end. */
  guanxi(...args: string[]): Promise<Ended>;
  /** Starts the server and waits until it answers. */
  startServer(): Promise<ChildProcess>;
  api(path: string, key: string, init?: RequestInit): Promise<Response>;
  remove(): Promise<void>;
}

export async function createInstallation(): Promise<Installation> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'guanxi-cli-'));
  const port = await freePort();
  const servers: ChildProcess[] = [];
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    GUANXI_DATA_DIR: dataDir,
    PORT: String(port),
  };
  const origin = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(`${origin}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  return {
    port,
    databaseUrl: database.url,
    guanxi: (...args) =>
      new Promise((done) => {
        const child = spawn(process.execPath, [MAIN, ...args], { env });
        let out = '';
        let err = '';
        child.stdout.on('data', (part) => {
          out += part;
        });
        child.stderr.on('data', (part) => {
          err += part;
        });
        child.on('close', (code) => done({ code, out, err }));
      }),
    async startServer() {
      const server = spawn(process.execPath, [MAIN, 'start'], { env, stdio: 'ignore' });
      servers.push(server);
      while (!(await answers())) {
        if (server.exitCode !== null) throw new Error('the server ended');
        await new Promise((later) => setTimeout(later, 50));
      }
      return server;
    },
    api: (path, key, init = {}) =>
      fetch(`${origin}/api/v1${path}`, {
        ...init,
        headers: {
          authorization: `Bearer ${key}`,
          ...(typeof init.body === 'string' ? { 'content-type': 'application/json' } : {}),
          ...init.headers,
        },
      }),
    async remove() {
      for (const server of servers) server.kill('SIGKILL');
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Waits for the end of a process. */
export const ended = (child: ChildProcess) => new Promise<void>((done) => child.once('exit', () => done()));

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as { port: number };
      probe.close(() => done(free));
    });
  });
}

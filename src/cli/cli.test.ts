import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../platform/testing/database.ts';

const MAIN = resolve(import.meta.dirname, '../main.ts');
const PASSWORD = 'Quiet-River-88';

/** An installation over an outside PostgreSQL: a second server, reached by DATABASE_URL alone. */
let database: TestDatabase;
let dataDir: string;
let port: number;
let key: string;
const servers: ChildProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'guanxi-cli-'));
  port = await freePort();
});
afterAll(async () => {
  for (const server of servers) server.kill('SIGKILL');
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const env = () => ({
  ...process.env,
  DATABASE_URL: database.url,
  GUANXI_DATA_DIR: dataDir,
  PORT: String(port),
});

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as { port: number };
      probe.close(() => done(free));
    });
  });
}

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

function guanxi(...args: string[]): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [MAIN, ...args], { env: env() });
    let out = '';
    let err = '';
    child.stdout.on('data', (part) => {
      out += part;
    });
    child.stderr.on('data', (part) => {
      err += part;
    });
    child.on('close', (code) => done({ code, out, err }));
  });
}

async function startServer(): Promise<ChildProcess> {
  const server = spawn(process.execPath, [MAIN, 'start'], { env: env(), stdio: 'ignore' });
  servers.push(server);
  const up = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
  while (!(await up())) {
    if (server.exitCode !== null) throw new Error('the server ended');
    await new Promise((later) => setTimeout(later, 50));
  }
  return server;
}

const ended = (child: ChildProcess) => new Promise<void>((done) => child.once('exit', () => done()));

const api = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    ...init,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...init.headers },
  });

test('before set-up there is no way in, and keys say so', async () => {
  const { code, out } = await guanxi('api-key', 'create', '--name', 'x', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ outcome: 'refused', code: 'not_set_up' });
});

test('sets up once, with a good password, and makes a key that works', async () => {
  const weak = await guanxi('setup', '--email', 'lin@yunhe.example', '--password', '12345678');
  expect(weak).toMatchObject({ code: 1 });
  expect(weak.err).toMatch(/password/);
  const done = await guanxi(
    'setup',
    '--email',
    'lin@yunhe.example',
    '--password',
    PASSWORD,
    '--company',
    '云鹤',
    '--json',
  );
  expect(done.code).toBe(0);
  expect(JSON.parse(done.out)).toMatchObject({ company: '云鹤', email: 'lin@yunhe.example' });
  const again = await guanxi('setup', '--email', 'b@yunhe.example', '--password', PASSWORD, '--json');
  expect(JSON.parse(again.out)).toMatchObject({ code: 'already_set_up' });
  const made = await guanxi('api-key', 'create', '--name', 'test', '--json');
  ({ key } = JSON.parse(made.out));
  expect(key).toMatch(/^gx_/);
});

test('the doctor finds nothing wrong', async () => {
  const { code, out } = await guanxi('doctor', '--json');
  expect(JSON.parse(out).checks.filter((check: { ok: boolean }) => !check.ok)).toEqual([]);
  expect(code).toBe(0);
});

test('what was confirmed survives kill -9, a second server is refused, commands work beside the first', async () => {
  const first = await startServer();
  const second = await guanxi('start');
  expect(second.code).toBe(1);
  expect(second.err).toContain(`localhost:${port}`);
  expect((await guanxi('api-key', 'create', '--name', 'beside', '--json')).code).toBe(0);
  const confirmed: string[] = [];
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let index = 0; index < 200; index++) {
      const body = JSON.stringify({ name: `客户${writer}-${index}` });
      const answer = await api('/customers', { method: 'POST', body }).catch(() => null);
      if (answer?.status !== 201) return;
      confirmed.push(((await answer.json().catch(() => ({}))) as { id: string }).id);
      if (confirmed.length === 100) first.kill('SIGKILL');
    }
  });
  await Promise.all(writers);
  expect(confirmed.length).toBeGreaterThanOrEqual(100);
  const next = await startServer();
  const found = await Promise.all(
    confirmed.filter(Boolean).map(async (id) => (await api(`/customers/${id}`)).status),
  );
  expect(new Set(found)).toEqual(new Set([200]));
  next.kill('SIGTERM');
  await ended(next);
  expect(next.exitCode).toBe(0);
}, 120_000);

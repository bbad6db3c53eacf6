import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openEmbedded } from './embedded.ts';
import { findPostmaster } from './postmaster.ts';

let dataDir: string;
const children: ChildProcess[] = [];
const cluster = () => join(dataDir, 'postgres/cluster');
const server = () => findPostmaster(cluster());

// One folder for all: each test leaves the server stopped, and making a cluster is slow on a busy disk.
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'guanxi-embedded-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  await (await open()).release();
  expect(server()).toBeNull();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const open = () => openEmbedded({ dataDir, say: () => {} });

/** Kills a process and waits until it is gone. */
async function gone(pid: number, signal: NodeJS.Signals): Promise<void> {
  process.kill(pid, signal);
  await expect
    .poll(
      () => {
        try {
          return process.kill(pid, 0);
        } catch {
          return false;
        }
      },
      { timeout: 20_000, interval: 20 },
    )
    .toBe(false);
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

/** A process of its own that opens the database and keeps it; answers with its address. */
async function application(): Promise<{ child: ChildProcess; url: string }> {
  const source = `
    import { openEmbedded } from ${JSON.stringify(`${import.meta.dirname}/embedded.ts`)};
    const { url } = await openEmbedded({ dataDir: ${JSON.stringify(dataDir)} });
    process.stdout.write(url);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [url] = await once(child.stdout, 'data');
  return { child, url: String(url) };
}

test('a first start makes the cluster; the last one to leave stops the server; the data stays', async () => {
  const first = await open();
  const second = await open();
  expect(second.url).toBe(first.url);
  await query(first.url, 'create table kept as select 42 as answer');
  await first.release();
  await first.release();
  expect(await query(second.url, 'select answer from kept')).toEqual([[42]]);
  await second.release();
  expect(server()).toBeNull();

  const again = await open();
  expect(await query(again.url, 'select answer from kept')).toEqual([[42]]);
  await again.release();
});

test('the server listens on the loopback only, asks for the password and flushes every commit', async () => {
  const database = await open();
  expect(await query(database.url, 'show listen_addresses')).toEqual([['127.0.0.1']]);
  expect(await query(database.url, 'show fsync')).toEqual([['on']]);
  expect(await query(database.url, 'show synchronous_commit')).toEqual([['on']]);
  const stranger = new URL(database.url);
  stranger.password = 'guess';
  await expect(query(stranger.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  await database.release();
});

test('after kill -9 of the application the server lives on, the next start adopts it and stops it in the end', async () => {
  const killed = await application();
  await query(killed.url, 'create table confirmed as select 1 as n');
  killed.child.kill('SIGKILL');
  await once(killed.child, 'exit');
  const survivor = server();
  expect(survivor).not.toBeNull();

  const next = await open();
  expect(server()).toEqual(survivor);
  expect(await query(next.url, 'select n from confirmed')).toEqual([[1]]);
  await next.release();
  expect(server()).toBeNull();
});

test('a command beside the running application leaves the server to it', async () => {
  const running = await application();
  const command = await open();
  expect(command.url).toBe(running.url);
  await command.release();
  expect(await query(running.url, 'select 1')).toEqual([[1]]);
});

test('after kill -9 of everything the next start recovers what was confirmed', async () => {
  const killed = await application();
  await query(killed.url, 'create table recovered as select 1 as n');
  killed.child.kill('SIGKILL');
  await gone(server()!.pid, 'SIGKILL');

  const next = await open();
  expect(await query(next.url, 'select n from recovered')).toEqual([[1]]);
  await next.release();
});

test('a run file whose process id belongs to another program by now does not keep the server from starting', async () => {
  await (await open()).release();
  const stale = [process.pid, cluster(), 0, 1, '', '127.0.0.1', '', 'ready'].join('\n');
  writeFileSync(join(cluster(), 'postmaster.pid'), `${stale}\n`);
  const database = await open();
  expect(server()?.pid).not.toBe(process.pid);
  await database.release();
});

test('processes that start at the same time share one server', async () => {
  const all = await Promise.all([application(), application(), open()]);
  expect(new Set(all.map(({ url }) => url)).size).toBe(1);
  await all[2].release();
  expect(server()).not.toBeNull();
});

test('data of another major version is refused with what to do, and stays as it is', async () => {
  await (await open()).release();
  writeFileSync(join(cluster(), 'PG_VERSION'), '17\n');
  await expect(open()).rejects.toMatchObject({
    code: 'data-version',
    message: expect.stringContaining('guanxi backup'),
  });
  expect(readFileSync(join(cluster(), 'PG_VERSION'), 'utf8')).toBe('17\n');
  writeFileSync(join(cluster(), 'PG_VERSION'), '18\n');
});

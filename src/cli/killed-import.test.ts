import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createInstallation, ended, type Installation } from './testing/installation.ts';

const ROWS = 20_000;

let house: Installation;
let key: string;
let database: pg.Client;

beforeAll(async () => {
  house = await createInstallation();
  await house.guanxi('setup', '--email', 'lin@yunhe.example', '--password', 'Quiet-River-88');
  ({ key } = JSON.parse((await house.guanxi('api-key', 'create', '--name', 'test', '--json')).out));
  database = new pg.Client(house.databaseUrl);
  await database.connect();
});
afterAll(async () => {
  await database?.end();
  await house?.remove();
});

interface Seen {
  id: string;
  state: string;
  progress: { done: number };
  counts: Record<string, number>;
  error: unknown;
}

const read = async (id: string) => (await (await house.api(`/imports/${id}`, key)).json()) as Seen;
const step = async (id: string, name: string) =>
  expect((await house.api(`/imports/${id}/${name}`, key, { method: 'POST', body: '{}' })).status).toBe(202);

/** Looks until the import is as wanted. */
async function until(id: string, wanted: (seen: Seen) => boolean): Promise<Seen> {
  for (;;) {
    const seen = await read(id);
    if (wanted(seen)) return seen;
    if (seen.error || seen.state === 'failed') throw new Error(JSON.stringify(seen.error));
    await new Promise((later) => setTimeout(later, 30));
  }
}

test('killed while it checks and again while it imports, the server finishes the import: every row once', async () => {
  const lines = Array.from(
    { length: ROWS },
    (_, at) => `断电${at}号有限公司,1390${String(at).padStart(7, '0')}`,
  );
  const form = new FormData();
  form.set('entity', 'customer');
  form.set('file', new Blob([['名称,电话', ...lines].join('\n')]), '客户.csv');
  let server = await house.startServer();
  const sent = await house.api('/imports', key, { method: 'POST', body: form });
  expect(sent.status).toBe(201);
  const { id } = (await sent.json()) as Seen;

  const kill = async () => {
    const gone = ended(server);
    server.kill('SIGKILL');
    await gone;
    server = await house.startServer();
  };
  await step(id, 'check');
  await until(id, ({ state }) => state === 'checking');
  await kill();
  expect((await until(id, ({ state }) => state === 'checked')).counts).toMatchObject({ created: ROWS });

  await step(id, 'run');
  const { progress } = await until(id, ({ progress: { done } }) => done >= 3000);
  expect(progress.done).toBeLessThan(ROWS);
  await kill();
  const { rows: committed } = await database.query('select count(*)::int as n from customer');
  expect(committed[0].n).toBeGreaterThanOrEqual(3000);
  const done = await until(id, ({ state }) => state === 'done');
  expect(done.counts).toEqual({ total: ROWS, created: ROWS, updated: 0, skipped: 0, failed: 0 });

  const { rows } = await database.query(`select count(*)::int as records, count(distinct name)::int as names,
      count(distinct phone)::int as phones, (select count(*)::int from import_row) as journal,
      (select count(*)::int from search_doc where entity = 'customer') as searchable,
      (select count(*)::int from audit_entry where entity = 'customer' and action = 'create') as audited
    from customer`);
  expect(rows).toEqual([
    { records: ROWS, names: ROWS, phones: ROWS, journal: ROWS, searchable: ROWS, audited: ROWS },
  ]);
}, 180_000);

import { rm } from 'node:fs/promises';
import { sql } from 'kysely';
import { openApp, type Settings } from '../src/cli/open.ts';
import { createApiKeyFromCommandLine, setupCompany } from '../src/modules/organisation/public.ts';
import type { Context } from '../src/platform/context/context.ts';
import { systemContext } from '../src/platform/context/services.ts';
import { bulkInsert } from '../src/platform/db/bulk.ts';
import { uuidv7 } from '../src/platform/db/uuid.ts';
import { entityColumns, toColumns } from '../src/platform/entity/columns.ts';
import { entityNamed } from '../src/platform/entity/registry.ts';
import type { Entity } from '../src/platform/entity/types.ts';
import { converter } from '../src/platform/rates/convert.ts';
import { type Client, httpClient } from './measure.ts';
import { startServer } from './server.ts';
import { TWIN_KINDS, type Written, withTwins } from './twins.ts';

export interface DuplicateFigures {
  customers: number;
  twins: number;
  /** By kind: planted and found. */
  kinds: { kind: string; planted: number; found: number }[];
  recall: number;
  precision: number;
  /** The look at the whole base, hashing included. */
  scanSeconds: number;
  /** Of the server, the database apart: most it held meanwhile, and what it held before. */
  peakMemory: number;
  memoryBefore: number;
  /** One look-up while typing, median. */
  checkMs: number;
}

const BATCH = 5000;
const SAMPLE = 50;

/** Plants second records among composed companies, lets the job find them, and counts what it found and what it should not have. */
export async function measureDuplicates(
  customers: number,
  twins: number,
  settings: Settings & { port: number },
  tell: (line: string) => void,
): Promise<DuplicateFigures> {
  await rm(settings.dataDir, { recursive: true, force: true });
  const written = withTwins(customers, twins);
  const { ids, key } = await prepare(settings, written);
  tell(`${customers} customers, ${twins} of them twice`);
  const server = await startServer(settings);
  try {
    const client = httpClient(settings.port, key);
    const memoryBefore = server.memory();
    let peakMemory = memoryBefore;
    const watch = setInterval(() => {
      peakMemory = Math.max(peakMemory, server.memory());
    }, 100);
    const scanSeconds = await scan(client).finally(() => clearInterval(watch));
    const outcome = outcomeOf(written, ids, await allPairs(client));
    const drafts = written.filter(({ twinOf }) => twinOf !== undefined).slice(0, SAMPLE);
    const checkMs = await median(drafts, ({ name }) =>
      client.post('/duplicates/check', { entity: 'customer', values: { name } }),
    );
    return { customers, twins, ...outcome, scanSeconds, peakMemory, memoryBefore, checkMs };
  } finally {
    await server.stop();
    await rm(settings.dataDir, { recursive: true, force: true });
  }
}

async function prepare(
  settings: Settings,
  written: readonly Written[],
): Promise<{ ids: string[]; key: string }> {
  const { app, close } = await openApp(settings);
  try {
    await setupCompany(app.accounts, {
      company: '基准公司',
      name: '管理员',
      email: 'bench@example.com',
      password: 'Quiet-River-2026',
    });
    const ctx = await systemContext(app.services, { kind: 'commandLine' });
    const ids = await load(ctx, entityNamed(ctx.registry, 'customer'), written);
    return { ids, key: (await createApiKeyFromCommandLine(app.services, { name: 'bench' })).key };
  } finally {
    await close();
  }
}

/** Runs the job in the server; gives the seconds it took by its own clock. */
async function scan(client: Client): Promise<number> {
  const { job } = JSON.parse((await client.post('/duplicates/scan', { entity: 'customer' })).body);
  for (;;) {
    const { state, startedAt, finishedAt } = JSON.parse((await client.get(`/jobs/${job}`)).body);
    if (state === 'done') return Temporal.Instant.from(finishedAt).since(startedAt).total('seconds');
    if (state === 'failed') throw new Error('the job failed');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function allPairs(client: Client): Promise<{ a: string; b: string }[]> {
  const pairs: { a: string; b: string }[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ entity: 'customer', limit: '200', ...(cursor ? { cursor } : {}) });
    const { items, nextCursor } = JSON.parse((await client.get(`/duplicates?${query}`)).body);
    for (const { ids } of items) pairs.push({ a: ids[0], b: ids[1] });
    cursor = nextCursor;
  } while (cursor);
  return pairs;
}

async function load(ctx: Context, entity: Entity, companies: readonly Written[]): Promise<string[]> {
  const columns = entityColumns(entity);
  const at = ctx.now;
  const rows = companies.map((company, index) => {
    const row: Record<string, unknown> = {
      id: uuidv7(),
      version: 1,
      created_at: at,
      updated_at: at,
      number: `KH-2026-${String(index + 1).padStart(6, '0')}`,
    };
    const values: Record<string, unknown> = { ...company, kind: 'company', addressInvalid: false };
    for (const field of entity.fieldList) {
      if (row[field.column] !== undefined) continue;
      Object.assign(row, toColumns(field, values[field.name] || null, converter('CNY', at.slice(0, 10))));
    }
    return row;
  });
  for (let start = 0; start < rows.length; start += BATCH)
    await bulkInsert(ctx.db, entity.table, columns, rows.slice(start, start + BATCH));
  await sql`analyze customer`.execute(ctx.db);
  return rows.map((row) => row.id as string);
}

function outcomeOf(
  written: readonly Written[],
  ids: readonly string[],
  pairs: readonly { a: string; b: string }[],
) {
  const found = new Set(pairs.map(({ a, b }) => `${a} ${b}`));
  const key = (one: string, two: string) => (one < two ? `${one} ${two}` : `${two} ${one}`);
  const planted = written.flatMap(({ twinOf, kind }, index) =>
    twinOf === undefined ? [] : [{ kind, hit: found.has(key(ids[twinOf] as string, ids[index] as string)) }],
  );
  const hits = planted.filter(({ hit }) => hit).length;
  return {
    kinds: TWIN_KINDS.map((kind) => {
      const own = planted.filter((each) => each.kind === kind);
      return { kind, planted: own.length, found: own.filter(({ hit }) => hit).length };
    }),
    recall: hits / planted.length,
    precision: hits / pairs.length,
  };
}

async function median<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (const item of items) {
    const began = performance.now();
    await work(item);
    times.push(performance.now() - began);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

/** The figures as a Markdown table. */
export function duplicatesText(figures: DuplicateFigures): string {
  const mark = (met: boolean) => (met ? '✓' : '✗');
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
  const { recall, precision, scanSeconds, peakMemory, memoryBefore, checkMs } = figures;
  return [
    `## Duplicates: ${figures.customers.toLocaleString('en')} customers, ${figures.twins.toLocaleString('en')} planted`,
    '',
    '| figure | measured | budget | |',
    '|---|---|---|---|',
    `| recall | ${percent(recall)} | ≥ 95% | ${mark(recall >= 0.95)} |`,
    `| precision | ${percent(precision)} | ≥ 90% | ${mark(precision >= 0.9)} |`,
    `| look at the whole base | ${scanSeconds.toFixed(1)} s | | |`,
    `| memory meanwhile (before) | ${peakMemory.toFixed(0)} MiB (${memoryBefore.toFixed(0)}) | | |`,
    `| look-up while typing | ${checkMs.toFixed(1)} ms | | |`,
    '',
    '| written differently by | planted | found |',
    '|---|---|---|',
    ...figures.kinds.map(({ kind, planted, found }) => `| ${kind} | ${planted} | ${found} |`),
    '',
  ].join('\n');
}

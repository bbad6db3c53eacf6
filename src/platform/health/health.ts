import { access, constants, statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import { type Services, systemContext } from '../context/services.ts';
import { schemaDrift } from '../db/drift.ts';
import { recordsWithoutKeys } from '../duplicates/rebuild.ts';

export interface Check {
  name: string;
  ok: boolean;
  /** What was found, or what to do. */
  detail: string;
}

const NEEDED_NODE = 26;
const NEEDED_POSTGRES = 18;
const LOW_DISK = 2 * 1024 ** 3;
const GIB = 1024 ** 3;

/** Looks for what would hinder work: programs, schema, indexes, search, jobs, disk. Changes nothing. */
export async function checkHealth(services: Services): Promise<Check[]> {
  const [postgres, schema, search, duplicates, jobs, disk] = await Promise.all([
    postgresCheck(services),
    schemaCheck(services),
    searchCheck(services),
    duplicatesCheck(services),
    jobsCheck(services),
    diskCheck(services.dataDir),
  ]);
  const node = {
    name: 'node',
    ok: major(process.versions.node) >= NEEDED_NODE,
    detail: process.versions.node,
  };
  return [node, postgres, schema, search, duplicates, jobs, ...disk];
}

const major = (version: string) => Number.parseInt(version, 10);

async function postgresCheck({ db }: Services): Promise<Check> {
  const began = performance.now();
  const { rows } = await sql<{ v: string; size: string }>`select current_setting('server_version') as v,
    pg_size_pretty(pg_database_size(current_database())) as size`.execute(db);
  const { v, size } = rows[0] as { v: string; size: string };
  const took = (performance.now() - began).toFixed(1);
  return { name: 'postgresql', ok: major(v) >= NEEDED_POSTGRES, detail: `${v} · ${size} · ${took} ms` };
}

async function schemaCheck({ db, registry }: Services): Promise<Check> {
  const drift = await schemaDrift(db, registry());
  return { name: 'schema', ok: drift.length === 0, detail: drift.join(';\n') };
}

async function searchCheck({ db }: Services): Promise<Check> {
  const { rows } = await sql<{
    n: string;
  }>`select reltuples::bigint::text as n from pg_class where relname = 'search_doc'`.execute(db);
  return { name: 'search', ok: true, detail: `≈ ${Math.max(0, Number(rows[0]?.n ?? 0))}` };
}

/** Looks at the newest records of each type; `doctor --mend` makes missing keys. */
async function duplicatesCheck(services: Services): Promise<Check> {
  const ctx = await systemContext(services, { kind: 'system' });
  const found = await Promise.all(
    ctx.registry.entities.map(async (entity) => ({
      entity,
      missing: await recordsWithoutKeys(ctx, entity),
    })),
  );
  const lacking = found.filter(({ missing }) => missing > 0);
  const detail = lacking.map(({ entity, missing }) => `${entity.name}: ${missing} → guanxi doctor --mend`);
  return { name: 'duplicates', ok: lacking.length === 0, detail: detail.join(', ') };
}

async function jobsCheck({ db }: Services): Promise<Check> {
  const { rows } = await sql<{ waiting: number; failed: number }>`select
    count(*) filter (where state in ('queued', 'running')) as waiting,
    count(*) filter (where state = 'failed' and finished_at > now() - interval '1 day') as failed from job
    where created_at > now() - interval '30 days'`.execute(db);
  const { waiting, failed } = rows[0] as { waiting: number; failed: number };
  return { name: 'jobs', ok: failed === 0, detail: `${waiting} / ${failed}` };
}

async function diskCheck(dataDir: string): Promise<Check[]> {
  const writable = await access(dataDir, constants.W_OK).then(
    () => true,
    () => false,
  );
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  return [
    { name: 'dataFolder', ok: writable, detail: dataDir },
    { name: 'disk', ok: free > LOW_DISK, detail: `${(free / GIB).toFixed(1)} GiB` },
  ];
}

import { sql } from 'kysely';
import pg from 'pg';
import { z } from 'zod';
import type { Context, Db } from '../context/context.ts';
import { systemContext } from '../context/services.ts';
import { rowsAsRelation } from '../db/bulk.ts';
import { plannedIndexes } from '../db/plan.ts';
import type { Row } from '../entity/behaviour.ts';
import { fieldColumns } from '../entity/columns.ts';
import type { Entity, Field } from '../entity/types.ts';
import { defineJob, type JobRun, type JobSpec } from '../jobs/job.ts';
import { flushPending } from '../search/documents.ts';
import { indexRows, isSearchable, removeFromIndex } from '../search/records.ts';
import { sortKey } from '../text/sort-key.ts';
import type { LivingRegistry } from './registry.ts';
import type { Customisations, FieldRow } from './rows.ts';
import { META_CHANNEL } from './watch.ts';

export const PREPARE_JOB = 'customisation.prepare';

/** One process builds at a time. */
const LOCK = 7_245_161;
const BATCH = 1000;
const UNIQUE_VIOLATION = '23505';

/**
 * What a new or changed field still needs of the rows there are, after its change was committed: sort keys, search
 * entries, indexes built beside the running work. Begun again after any interruption, it goes on where something lacks.
 */
export function prepareJob(living: LivingRegistry): JobSpec {
  return defineJob({
    name: PREPARE_JOB,
    input: z.object({}),
    attempts: 5,
    async run(services, _input, run) {
      const client = new pg.Client({
        connectionString: services.directUrl,
        application_name: 'guanxi fields',
      });
      await client.connect();
      try {
        await holdLock(client, run);
        const ctx = await systemContext(services, { kind: 'job', id: run.job.id });
        await prepareAll(ctx, living, client, run);
      } finally {
        await client.end();
      }
    },
  });
}

/** Asked again and again: an index built beside running work waits for every statement under way, also for one that waits. */
async function holdLock(client: pg.Client, run: JobRun): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [LOCK]);
    if (rows[0]?.held) return;
    await run.progress(0);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function prepareAll(
  ctx: Context,
  living: LivingRegistry,
  client: pg.Client,
  run: JobRun,
): Promise<void> {
  for (;;) {
    const { rows } = await living.read(ctx.db);
    const row = rows.fields.find(({ preparing }) => preparing.length > 0);
    if (!row) return;
    const registry = living.build(finished(rows, row.id));
    const inner = { ...ctx, registry };
    const entity = registry.byName.get(row.entity);
    const problem = entity ? await prepareField(inner, entity, row, client, run) : null;
    await settle(ctx.db, row, problem);
    await living.reload();
  }
}

/** The declarations as they will be once a field is ready. */
function finished(rows: Customisations, id: string): Customisations {
  return { ...rows, fields: rows.fields.map((row) => (row.id === id ? { ...row, preparing: [] } : row)) };
}

async function prepareField(
  ctx: Context,
  entity: Entity,
  row: FieldRow,
  client: pg.Client,
  run: JobRun,
): Promise<string | null> {
  const field = entity.fields[row.name];
  if (field?.sortColumn && row.preparing.includes('sort')) await writeSortKeys(ctx.db, entity, field, run);
  if (row.preparing.includes('search')) await indexAll(ctx, entity, run);
  return field ? buildIndexes(entity, field, client) : null;
}

/** Without a change of version: what people wrote stays as it was. */
async function writeSortKeys(db: Db, entity: Entity, field: Field, run: JobRun): Promise<void> {
  const table = sql.table(entity.table);
  const [value, key] = [sql.ref(`t.${field.column}`), sql.ref(`t.${field.sortColumn as string}`)];
  await inBatches(run, async (after) => {
    const { rows } = await sql<{
      id: string;
      value: string | null;
      key: string;
    }>`select t.id, ${value} as value, ${key} as key
      from ${table} t where t.id > ${after} and (${value} is not null or ${key} <> '') order by t.id limit ${BATCH}`.execute(
      db,
    );
    const stale = rows
      .map((row) => ({ ...row, wanted: sortKey(row.value ?? '') }))
      .filter((row) => row.wanted !== row.key);
    const columns = [
      { name: 'id', type: 'uuid' },
      { name: 'value', type: 'text' },
      { name: 'wanted', type: 'text' },
    ];
    // Only where the value is still the one read: who changed it meanwhile has written its key.
    await sql`update ${table} t set ${sql.ref(field.sortColumn as string)} = u.c2 from ${rowsAsRelation(columns, stale)}
      where t.id = u.c0::uuid and ${value} is not distinct from u.c1`.execute(db);
    return rows;
  });
}

async function indexAll(ctx: Context, entity: Entity, run: JobRun): Promise<void> {
  await inBatches(run, (after) =>
    // Locked, so that a change meanwhile is indexed after this.
    ctx.db.transaction().execute(async (db) => {
      const { rows } = await sql<Row>`select * from ${sql.table(entity.table)}
        where id > ${after} and deleted_at is null order by id limit ${BATCH} for share`.execute(db);
      const ids = rows.map((row) => row.id as string);
      if (isSearchable(entity)) await indexRows({ ...ctx, db }, entity, rows);
      else await removeFromIndex({ ...ctx, db }, entity.name, ids);
      return rows as { id: string }[];
    }),
  );
  await flushPending(ctx.db);
}

async function inBatches(run: JobRun, work: (after: string) => Promise<{ id: string }[]>): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (let done = 0; ; ) {
    const rows = await work(after);
    done += rows.length;
    await run.progress(done);
    if (rows.length < BATCH) return;
    after = rows.at(-1)!.id;
  }
}

interface IndexState {
  name: string;
  valid: boolean;
}

/** Builds what is planned for the field and lacks, drops what is no longer planned or was left invalid. */
async function buildIndexes(entity: Entity, field: Field, client: pg.Client): Promise<string | null> {
  const planned = plannedIndexes(entity);
  // The key column stays when a field is no longer sorted by.
  const own = [...fieldColumns(field).map(({ name }) => name), `${field.column}_key`];
  const { rows } = await client.query<IndexState>(
    `select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indrelid = $1::regclass and exists (select from pg_attribute a
        where a.attrelid = i.indrelid and a.attnum = any(i.indkey) and a.attname = any($2))`,
    [`public."${entity.table}"`, own],
  );
  for (const { name, valid } of rows) {
    if (!valid || !planned.has(name)) await client.query(`drop index concurrently if exists "${name}"`);
  }
  const there = new Set(rows.filter(({ valid }) => valid).map(({ name }) => name));
  for (const [name, ddl] of planned) {
    if (there.has(name) || !own.some((column) => ddl.includes(`"${column}"`))) continue;
    try {
      await client.query(ddl.replace(/^(create (?:unique )?index) /, '$1 concurrently '));
    } catch (error) {
      await client.query(`drop index concurrently if exists "${name}"`);
      if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
      return 'values_not_unique';
    }
  }
  return null;
}

/** Takes the field as ready, unless it was changed meanwhile: then it is looked at again. */
async function settle(db: Db, row: FieldRow, problem: string | null): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // A field whose values are not unique stays a field, without the promise.
    const spec = problem ? { ...row.spec, unique: false } : row.spec;
    await sql`update custom_field set preparing = '{}', problem = ${problem}, spec = ${JSON.stringify(spec)}::jsonb,
      version = version + ${problem ? 1 : 0} where id = ${row.id} and version = ${row.version}`.execute(tx);
    await sql`update registry_state set version = version + 1`.execute(tx);
    await sql`select pg_notify(${META_CHANNEL}, '')`.execute(tx);
  });
}

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openApp, type Settings } from '../src/cli/open.ts';
import { createApiKeyFromCommandLine, setupCompany } from '../src/modules/organisation/public.ts';
import { type Services, systemContext } from '../src/platform/context/services.ts';
import { bulkInsert } from '../src/platform/db/bulk.ts';
import { plannedIndexes } from '../src/platform/db/plan.ts';
import { uuidv7 } from '../src/platform/db/uuid.ts';
import { rebuildKeys } from '../src/platform/duplicates/rebuild.ts';
import { entityColumns, toColumns } from '../src/platform/entity/columns.ts';
import { createRecord } from '../src/platform/entity/records.ts';
import { entityNamed } from '../src/platform/entity/registry.ts';
import { converter } from '../src/platform/rates/convert.ts';
import { flushPending, upsertDocs } from '../src/platform/search/documents.ts';
import { searchSource } from '../src/platform/search/records.ts';
import { companyAt } from './names.ts';

export interface Base {
  settings: Settings;
  /** Keys of an administrator, of a salesperson with his own customers, and of a manager with his department's. */
  keys: { administrator: string; salesperson: string; manager: string };
}

/** Who signs in where a browser measures. */
export const BENCH_ADMIN = { email: 'bench@example.com', password: 'Quiet-River-2026' };

const BATCH = 5000;
const DEPARTMENTS = 60;
/** Customers of one salesperson. */
const PORTFOLIO = 200;

/** The base of a size: made on first use, the same every time, kept for the next run. */
export async function benchBase(
  customers: number,
  settings: Settings,
  tell: (line: string) => void,
): Promise<Base> {
  const ready = join(settings.dataDir, 'bench-base.json');
  if (existsSync(ready))
    return { settings, keys: JSON.parse(await (await import('node:fs/promises')).readFile(ready, 'utf8')) };
  const { app, close } = await openApp(settings);
  try {
    const keys = await build(
      app.services,
      () =>
        setupCompany(app.accounts, {
          company: '基准公司',
          name: '管理员',
          ...BENCH_ADMIN,
        }),
      customers,
      tell,
    );
    writeFileSync(ready, JSON.stringify(keys));
    return { settings, keys };
  } finally {
    await close();
  }
}

async function build(
  services: Services,
  setUp: () => Promise<unknown>,
  customers: number,
  tell: (line: string) => void,
) {
  await setUp();
  const ctx = await systemContext(services, { kind: 'commandLine' });
  const role = async (code: string) =>
    (await services.db.selectFrom('role').select('id').where('code', '=', code).executeTakeFirstOrThrow())
      .id as string;
  const [sales, lead] = [await role('salesperson'), await role('manager')];
  const departments: string[] = [];
  for (let index = 0; index < DEPARTMENTS; index++)
    departments.push((await createRecord(ctx, 'department', { name: `销售${index + 1}部` })).id);
  const people = Math.ceil(customers / PORTFOLIO);
  const owners: { id: string; department: string }[] = [];
  for (let index = 0; index < people; index++) {
    const department = departments[index % DEPARTMENTS] as string;
    const roles = [index < DEPARTMENTS ? lead : sales];
    owners.push({
      id: (await createRecord(ctx, 'user', { name: `员工${index + 1}`, department, roles })).id,
      department,
    });
  }
  await sql`update "user" set status = 'active'`.execute(services.db);
  tell(`${people} people in ${DEPARTMENTS} departments`);
  await loadCustomers(services, customers, owners, tell);
  await rebuildKeys(ctx, entityNamed(services.registry(), 'customer'));
  tell('duplicate keys');
  const key = async (userId?: string) =>
    (await createApiKeyFromCommandLine(services, { name: 'bench', userId })).key;
  return {
    administrator: await key(),
    salesperson: await key(owners[Math.min(DEPARTMENTS, people - 1)]?.id),
    manager: await key(owners[0]?.id),
  };
}

/** Loads customers without indexes and builds these afterwards: the result is the same, the time a tenth. */
async function loadCustomers(
  services: Services,
  customers: number,
  owners: { id: string; department: string }[],
  tell: (line: string) => void,
): Promise<void> {
  const { db } = services;
  const entity = entityNamed(services.registry(), 'customer');
  const indexes = plannedIndexes(entity);
  for (const name of indexes.keys()) await sql`drop index if exists ${sql.ref(name)}`.execute(db);
  await sql`drop index if exists search_doc_tokens`.execute(db);
  const columns = entityColumns(entity);
  const began = Date.UTC(2026, 0, 1);
  for (let start = 0; start < customers; start += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, customers - start) }, (_, offset) => {
      const index = start + offset;
      const company = companyAt(index);
      const owner = owners[Math.floor(index / PORTFOLIO) % owners.length] as {
        id: string;
        department: string;
      };
      const at = new Date(began + ((index * 7919) % customers) * 20_000).toISOString();
      const row: Record<string, unknown> = {
        id: uuidv7(),
        version: 1,
        created_at: at,
        updated_at: at,
        number: `KH-2026-${String(index + 1).padStart(6, '0')}`,
      };
      const values: Record<string, unknown> = {
        ...company,
        kind: 'company',
        addressInvalid: false,
        owner: owner.id,
        department: owner.department,
        completeness: 70,
      };
      for (const field of entity.fieldList) {
        if (field.name in row || row[field.column] !== undefined) continue;
        Object.assign(row, toColumns(field, values[field.name] || null, converter('CNY', at.slice(0, 10))));
      }
      return row;
    });
    await db.transaction().execute(async (transaction) => {
      await sql`set local synchronous_commit = off`.execute(transaction);
      await bulkInsert(transaction, 'customer', columns, rows);
      await upsertDocs(
        transaction,
        rows.map((row) => searchSource(entity, row)),
      );
    });
    if ((start / BATCH) % 20 === 19) tell(`${start + BATCH} customers`);
  }
  await sql`select setval('customer_number_seq', ${customers})`.execute(db);
  await sql`set maintenance_work_mem = '1GB'`.execute(db);
  for (const ddl of indexes.values()) await sql.raw(ddl).execute(db);
  tell('indexes of customers');
  await sql`create index search_doc_tokens on search_doc using gin (tokens) with (fastupdate = on)`.execute(
    db,
  );
  await flushPending(db);
  await sql`vacuum analyze`.execute(db);
  tell('search index');
}

import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Db } from '../src/platform/context/context.ts';
import { type Client, oneClient } from './measure.ts';
import { type Bench, newCompany, type Result } from './operations.ts';
import { giveWork, WORK } from './work.ts';

const CALLS = 100;
const WARM = 20;
const MERGE_CALLS = 40;
const CLAIM_MS = 60;
const MERGE_MS = 200;

/**
 * Taking a customer out of a pool, making one of two, and taking that back: of new customers, each with as much work about it
 * as customers have on average.
 */
export async function relationOperations({ clients: { administrator }, url }: Bench): Promise<Result[]> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  const offset = Math.floor(Math.random() * 1_000_000_000);
  try {
    const { unit } = await make(administrator, '/pools', { name: `bench ${offset}` });
    const free = await customers(administrator, db, CALLS + WARM, offset, { department: unit?.id });
    const claim = await oneClient(
      (index) => administrator.post('/customers/claim', { ids: [free[index]] }),
      CALLS,
      WARM,
    );
    const pairs = await customers(administrator, db, 2 * (MERGE_CALLS + WARM), offset + 1000);
    const merges: string[] = [];
    const merge = await oneClient(
      async (index) => {
        const ids = pairs.slice(2 * index, 2 * index + 2);
        merges.push((await make(administrator, '/customers/merge', { ids, into: ids[0] })).mergeId as string);
      },
      MERGE_CALLS,
      WARM,
    );
    const undo = await oneClient(
      (index) => administrator.post(`/merges/${merges[index]}/undo`, {}),
      MERGE_CALLS,
      WARM,
    );
    return [
      { operation: 'claim', http: claim, ...within(claim.p95, CLAIM_MS) },
      { operation: 'merge two customers', http: merge, ...within(merge.p95, MERGE_MS) },
      { operation: 'take a merge back', http: undo, ...within(undo.p95, MERGE_MS) },
    ];
  } finally {
    await db.destroy();
  }
}

const within = (p95: number, most: number) => ({ budget: `p95 ≤ ${most} ms`, met: p95 <= most });

interface Made {
  id: string;
  mergeId?: string;
  unit?: { id: string };
}

const make = async (client: Client, path: string, values: object): Promise<Made> =>
  JSON.parse((await client.post(path, values)).body);

async function customers(client: Client, db: Db, count: number, offset: number, values: object = {}) {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1)
    ids.push((await make(client, '/customers', { ...newCompany(offset + index), ...values })).id);
  for (const kind of WORK) await giveWork(db, kind, ids);
  return ids;
}

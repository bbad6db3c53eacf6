import { Kysely, PostgresDialect, sql } from 'kysely';
import type pg from 'pg';
import type { Context, Db } from '../context/context.ts';

export interface Statement {
  text: string;
  values: readonly unknown[];
}

/** The same circumstances with every statement written down. */
export function recording(ctx: Context, pool: pg.Pool): { ctx: Context; statements: Statement[] } {
  const statements: Statement[] = [];
  const db: Db = new Kysely({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => {
      statements.push({ text: query.sql, values: query.parameters });
    },
  });
  return { ctx: { ...ctx, db }, statements };
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

/**
 * The tables a statement reads row by row from the beginning, with how many rows it looked at. Reading on until a LIMIT is
 * met and throwing nothing away is no such thing: it costs with the answer.
 */
export async function tablesReadWhole(pool: pg.Pool, { text, values }: Statement): Promise<string[]> {
  const { rows } = await pool.query(`explain (analyze, format json) ${text}`, [...values]);
  const found: string[] = [];
  const walk = (node: PlanNode): void => {
    const thrown = node['Rows Removed by Filter'] ?? 0;
    if (node['Node Type'] === 'Seq Scan' && (thrown > 100 || node['Actual Rows'] > 10_001))
      found.push(`${node['Relation Name']}: ${node['Actual Rows']} of ${node['Actual Rows'] + thrown}`);
    for (const child of node.Plans ?? []) walk(child);
  };
  walk((rows[0] as { 'QUERY PLAN': { Plan: PlanNode }[] })['QUERY PLAN'][0]?.Plan as PlanNode);
  return found;
}

/** The most rows that one scan of a table or an index looks at, all its loops together. */
export async function mostRowsRead(pool: pg.Pool, { text, values }: Statement): Promise<number> {
  const { rows } = await pool.query(`explain (analyze, format json) ${text}`, [...values]);
  const read = (node: PlanNode): number =>
    Math.max(
      node['Relation Name']
        ? (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
        : 0,
      ...(node.Plans ?? []).map(read),
    );
  return read((rows[0] as { 'QUERY PLAN': { Plan: PlanNode }[] })['QUERY PLAN'][0]?.Plan as PlanNode);
}

/** Enters many customers at once, without going through the house: what matters is how many there are. */
export async function manyCustomers(
  db: Db,
  count: number,
  owners: readonly string[],
  departments: readonly string[],
): Promise<void> {
  await sql`insert into customer (name, name_key, kind, city, industry, employees, completeness, owner_id, department_id, created_at, updated_at)
    select '客户' || n, 'kehu' || lpad(n::text, 7, '0'), 'company',
      (array['杭州市', '苏州市', '北京市', '上海市', '广州市', '成都市', '武汉市', '西安市'])[1 + n % 8],
      (array['trade', 'software', 'finance', 'medical'])[1 + n % 4], n % 500, n % 100,
      (${owners}::uuid[])[1 + n % ${owners.length}], (${departments}::uuid[])[1 + n % ${departments.length}],
      now() - n * interval '1 minute', now() - n * interval '1 minute'
    from generate_series(1, ${count}) n`.execute(db);
  await sql`analyze customer`.execute(db);
}

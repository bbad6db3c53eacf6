import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openApp, type Settings } from '../src/cli/open.ts';
import type { Db } from '../src/platform/context/context.ts';
import { type Client, oneClient } from './measure.ts';

/** Opportunities for each customer. */
const PER_CUSTOMER = 0.5;

/** Business of a base with its way through the stages, added on first use: the same every time. */
export async function benchSales(
  customers: number,
  settings: Settings,
  tell: (line: string) => void,
): Promise<void> {
  const ready = join(settings.dataDir, 'bench-sales.json');
  if (existsSync(ready)) return;
  const { app, close } = await openApp(settings);
  try {
    const count = Math.round(customers * PER_CUSTOMER);
    await loadOpportunities(app.services.db, count);
    writeFileSync(ready, JSON.stringify({ count }));
    tell(`${count} opportunities`);
  } finally {
    await close();
  }
}

/**
 * Opportunities of three years up to today, spread over customers and their owners: two of five won, one of five lost, the rest
 * open in one of four stages; each with a step for every stage it came through.
 */
export async function loadOpportunities(db: Db, count: number): Promise<void> {
  await sql`insert into product (id, name, name_key) select uuidv7(), '基准产品' || n, 'jizhun' || n from generate_series(1, 40) n
    on conflict do nothing`.execute(db);
  await db.transaction().execute(async (transaction) => {
    await sql`set local synchronous_commit = off`.execute(transaction);
    await sql`set local work_mem = '256MB'`.execute(transaction);
    await sql`with c as materialized (
        select id, owner_id, department_id, row_number() over (order by id) - 1 as i from customer where deleted_at is null
      ), s as materialized (
        select s.id, s.pipeline_id, s.outcome, s.probability, s.position from stage s join pipeline p on p.id = s.pipeline_id
        where s.deleted_at is null and p.active order by p.position, s.position limit 6
      ), p as materialized (select array_agg(id) as ids from product), w as (
        select n as i, case when n % 5 < 2 then 5 when n % 5 = 2 then 6 else 1 + n % 4 end as place, current_date - (n::bigint * 7919 % 1100)::int as began
        from generate_series(1, ${count}) n
      )
      insert into opportunity (number, name, name_key, customer_id, pipeline_id, stage_id, status, amount, amount_currency,
        amount_base, amount_rate, probability, close_date, performer_id, product_ids, started_on, closed_on, stage_since, reason,
        owner_id, root_owner_id, department_id)
      select 'BENCH-' || w.i, '基准商机' || w.i, 'shangji' || lpad(w.i::text, 8, '0'), c.id, s.pipeline_id, s.id, s.outcome,
        1000 + w.i * 37 % 200000, 'CNY', 1000 + w.i * 37 % 200000, 1, s.probability, w.began + 20 + (w.i % 90)::int,
        case when s.outcome = 'won' then c.owner_id end,
        array[p.ids[1 + w.i % array_length(p.ids, 1)]], w.began,
        case when s.outcome <> 'open' then w.began + 20 + (w.i % 90)::int end, w.began + (w.i % 20)::int,
        case when s.outcome = 'lost' then (array['price', 'relation', 'product', 'budget'])[1 + w.i % 4] end,
        c.owner_id, c.owner_id, c.department_id
      from w join c on c.i = w.i % (select count(*) from c) join s on s.position = w.place cross join p`.execute(
      transaction,
    );
    await sql`insert into opportunity_step (opportunity_id, stage_id, status, amount, close_date, on_day, at)
      select o.id, s.id, s.outcome, o.amount_base, o.close_date,
        case when s.outcome = 'open' then o.started_on + 5 * (s.position - 1) else o.closed_on end, now()
      from opportunity o join stage own on own.id = o.stage_id join stage s on s.pipeline_id = o.pipeline_id
        and (s.id = own.id or s.outcome = 'open' and s.position < least(own.position, 5)) and s.deleted_at is null
      where o.number like 'BENCH-%' order by o.id, s.position`.execute(transaction);
  });
  await sql`analyze opportunity, opportunity_step`.execute(db);
}

export interface ReportFigures {
  name: string;
  /** Worked out anew; null where nobody waits for that, and a job does it. */
  freshMs: number | null;
  /** As it is answered: what is slow is kept, with its age. */
  p50: number;
}

const CALLS = 5;
const BUDGET_MS = 500;
const BOARD_MS = 100;
const LOOK_MS = 200;

/** Every report that is brought along; and the board of whoever asks. */
export async function measureReports(client: Client): Promise<ReportFigures[]> {
  const { shipped } = JSON.parse((await client.get('/analysis/catalogue')).body) as {
    shipped: { name: string; by: string[] }[];
  };
  const figures: ReportFigures[] = [];
  for (const { name, by } of shipped)
    for (const at of by.length ? by.keys() : [null]) {
      const source = { shipped: name, ...(at === null ? {} : { by: at }) };
      const freshMs = await freshly(client, source);
      if (freshMs === null) await asJob(client, source);
      const { p50 } = await oneClient(() => client.post('/analysis/answer', { source }), CALLS, 1);
      figures.push({ name: at === null ? name : `${name}, ${by[at]}`, freshMs, p50 });
    }
  const { p50 } = await oneClient(() => client.get('/opportunities/board'), CALLS, 1);
  return [...figures, { name: 'board', freshMs: p50, p50 }];
}

async function freshly(client: Client, source: object): Promise<number | null> {
  const begin = performance.now();
  try {
    await client.post('/analysis/answer', { source, fresh: true });
    return performance.now() - begin;
  } catch (error) {
    if (String(error).includes('query_too_broad')) return null;
    throw error;
  }
}

async function asJob(client: Client, source: object): Promise<void> {
  const { jobId } = JSON.parse((await client.post('/analysis/later', { source })).body) as { jobId: string };
  for (;;) {
    const { state } = JSON.parse((await client.get(`/jobs/${jobId}`)).body) as { state: string };
    if (state === 'done') return;
    if (state !== 'queued' && state !== 'running') throw new Error(`the report ${state}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

export const reportLines = (figures: readonly ReportFigures[]): string[] =>
  figures.map(({ name, freshMs, p50 }) => {
    const budget = name === 'board' ? BOARD_MS : BUDGET_MS;
    const anew = freshMs === null ? 'by a job' : `${freshMs.toFixed(0)} ms`;
    const what = name === 'board' ? name : `report ${name} (anew ${anew})`;
    return `| ${what} | ${p50.toFixed(0)} ms | ≤ ${budget} ms | ${p50 <= budget ? '✓' : '✗'} |`;
  });

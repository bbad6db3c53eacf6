import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { decide, makeDecided } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import { everywhere, openItems, unpaid } from '../figures/open-items.ts';

/** Reminders made by one statement. */
const CHUNK = 500;

/** What is overdue and has come to a step nobody was reminded by yet. */
interface Due {
  item: string;
  type: 'contract' | 'order';
  id: string;
  number: string;
  name: string | null;
  customer: string;
  customer_name: string;
  owner: string | null;
  open: string;
  unit: string;
  due_on: string;
  late: number;
  step: string;
  step_name: string;
  way: string;
  text: string | null;
}

/**
 * Every night what is overdue comes to the highest step it has reached, each step of each item once, also where somebody threw the
 * reminder away; and reminders of what is paid end.
 */
export const dunningJob = defineJob({
  name: 'receivable.dunning',
  input: z.object({}),
  nightly: true,
  async run(services, _input, { progress }) {
    const ctx = await systemContext(services, { kind: 'job', reason: 'dunning' });
    const paid = await endPaid(ctx);
    return { made: await remindDue(ctx, progress), paid };
  },
});

/** Makes the reminders that are due. @returns how many */
export async function remindDue(ctx: Context, progress?: (made: number) => Promise<void>): Promise<number> {
  let made = 0;
  for (;;) {
    const rows = await dueFor(ctx);
    await inTransaction(ctx, (inner) => remind(inner, rows));
    made += rows.length;
    await progress?.(made);
    if (rows.length < CHUNK) return made;
  }
}

async function dueFor(ctx: Context): Promise<Due[]> {
  const { rows } =
    await sql<Due>`select coalesce(i.instalment, i.id)::text as item, i.type, i.id, i.number, i.name,
      i.customer_id as customer, c.name as customer_name, coalesce(i.owner_id, c.owner_id) as owner, i.open::text, i.unit,
      i.due_on::text, ${dayOf(ctx)}::date - i.due_on as late, s.id as step, s.name as step_name, s.way, s.text
    from (${openItems(unpaid(everywhere()))}) i
    join customer c on c.id = i.customer_id and c.deleted_at is null
    cross join lateral (select * from dunning_step where active and deleted_at is null
      and days <= ${dayOf(ctx)}::date - i.due_on order by days desc limit 1) s
    where i.open > 0 and not exists (select from dunning d
      where d.item = coalesce(i.instalment, i.id)::text and d.step_id = s.id)
    order by item limit ${CHUNK}`.execute(ctx.db);
  return rows;
}

async function remind(ctx: Context, rows: readonly Due[]): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map((row) => ({
    what: `${row.step_name} · ${row.number}`,
    customer: row.customer,
    [row.type]: row.id,
    step: row.step,
    dueDate: row.due_on,
    amount: { amount: row.open, currency: row.unit },
    way: row.way,
    text: row.text && filled(row),
    owner: row.owner,
  }));
  const set = rows.map(({ item }) => ({ status: 'open', item }));
  await makeDecided(ctx, 'dunning', values, set);
}

/** The words of a step with what they stand for. */
export function filled(
  row: Pick<Due, 'text' | 'customer_name' | 'number' | 'name' | 'open' | 'unit' | 'due_on' | 'late'>,
): string {
  const said: Readonly<Record<string, string>> = {
    customer: row.customer_name,
    document: row.name ? `${row.number} ${row.name}` : row.number,
    amount: formatMoney({ amount: row.open, currency: row.unit }),
    dueDate: row.due_on,
    days: String(row.late),
  };
  return (row.text ?? '').replace(/\{(\w+)\}/g, (sign, name: string) => said[name] ?? sign);
}

/** Reminders of what is owed no longer. */
async function endPaid(ctx: Context): Promise<number> {
  let ended = 0;
  for (;;) {
    const { rows } = await sql<{ id: string }>`with owed as materialized (
        select coalesce(i.instalment, i.id)::text as item from (${openItems(unpaid(everywhere()))}) i where i.open > 0)
      select d.id from dunning d where d.status in ('open', 'done') and d.item is not null and d.deleted_at is null
        and not exists (select from owed o where o.item = d.item) order by d.id limit ${CHUNK}`.execute(
      ctx.db,
    );
    if (rows.length === 0) return ended;
    ended += rows.length;
    await inTransaction(ctx, async (inner) => {
      const locked = await lockRows(
        inner,
        entityNamed(inner.registry, 'dunning'),
        rows.map(({ id }) => id),
      );
      await decide(inner, 'dunning', locked, { status: 'paid' }, { action: 'paid' });
    });
  }
}

import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { bulkInsert } from '../../../platform/db/bulk.ts';
import { changeRows, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { notFound, ProblemError, problem } from '../../../platform/errors/problem.ts';
import { addJob, defineJob, type JobRun } from '../../../platform/jobs/job.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import type { Given, OtherWork } from '../../../platform/ownership/rules.ts';
import { personContext } from '../../organisation/public.ts';
import { type Plan, planInput } from './distribute.ts';
import { requireGiving, waiting } from './open.ts';
import { type Counts, requireReceivers, work } from './preview.ts';

const CHUNK = 1000;
const JOB = 'handover.run';

/** Puts a handover in the queue. `expected` is what the caller was shown: if anything has changed by then, nothing happens. */
export async function startHandover(
  ctx: Context,
  services: Services,
  userId: string,
  { plan, expected }: { plan: Plan; expected: Counts },
): Promise<{ id: string; jobId: string }> {
  requireGiving(ctx);
  await requireReceivers(ctx, services, userId, plan);
  return inTransaction(ctx, async (inner) => {
    const { rows: people } = await sql`select from "user" where id = ${userId} for key share`.execute(
      inner.db,
    );
    if (people.length === 0) throw notFound('user');
    // One whose job was stopped or died for good holds nobody up.
    await sql`update handover h set state = 'failed', done_at = ${inner.now} where h.user_id = ${userId}
      and h.state = 'running' and not exists (select from job j where j.name = ${JOB} and j.key = h.id::text
        and j.state in ('queued', 'running'))`.execute(inner.db);
    const { rows } = await sql<{
      id: string;
    }>`insert into handover (id, user_id, plan, expected, state, created_by, created_at)
      values (uuidv7(), ${userId}, ${JSON.stringify(plan)}::jsonb, ${JSON.stringify(expected)}::jsonb, 'running',
        ${inner.principal.userId}, ${inner.now}) on conflict (user_id) where state = 'running' do nothing
      returning id`.execute(inner.db);
    const id = rows[0]?.id;
    if (!id) throw problem('handover_running', { status: 409 });
    return { id, jobId: await addJob(inner, JOB, { id }, { key: id }) };
  });
}

export const handoverJob = defineJob({
  name: JOB,
  input: z.object({ id: z.uuid() }),
  async run(services: Services, { id }, run) {
    const cause = { kind: 'job', id: run.job.id } as const;
    const ctx = await personContext(services, { id: run.job.createdBy as string }, cause);
    return runHandover(ctx, services, id, run);
  },
});

/** Gives everything to whom the plan says, in one transaction: all of it with counts that match, or nothing. */
export async function runHandover(
  ctx: Context,
  services: Services,
  id: string,
  run?: Pick<JobRun, 'progress'>,
): Promise<Counts> {
  try {
    return await inTransaction(ctx, (inner) => handOver(inner, services, id, run));
  } catch (error) {
    if (error instanceof ProblemError)
      await sql`update handover set state = 'failed', done_at = ${ctx.now},
        result = ${JSON.stringify({ code: error.code })}::jsonb where id = ${id} and state = 'running'`.execute(
        ctx.db,
      );
    throw error;
  }
}

async function handOver(
  ctx: Context,
  services: Services,
  id: string,
  run?: Pick<JobRun, 'progress'>,
): Promise<Counts> {
  const { rows } = await sql<{
    userId: string;
    plan: unknown;
    expected: Counts;
    state: string;
    result: Counts;
  }>`
    select user_id as "userId", plan, expected, state, result from handover where id = ${id} for update`.execute(
    ctx.db,
  );
  const [handover] = rows;
  if (!handover) throw notFound();
  // Begun again after a crash that came after its end.
  if (handover.state !== 'running') return handover.result;
  const { userId, expected } = handover;
  const plan = planInput.parse(handover.plan);
  requireGiving(ctx);
  await requireReceivers(ctx, services, userId, plan);
  const { groups, given, before, byReceiver, stays } = await work(ctx, userId, plan);
  if (!sameCounts(before, expected)) throw problem('handover_changed', { status: 409 });
  const system = asSystem(ctx, 'handover');
  const total = [...given.values()].filter(Boolean).length;
  let done = 0;
  for (const { work: kind, other, entity: name, records } of groups) {
    if (other) {
      const items = records.flatMap(({ id: item }) => {
        const to = given.get(item);
        return to ? [{ id: item, to }] : [];
      });
      await giveOther(ctx, id, userId, other, items);
      done += items.length;
      continue;
    }
    const entity = entityNamed(ctx.registry, name);
    const field = kind.field ?? 'owner';
    const moving = records.filter((record) => given.get(record.id));
    for (let at = 0; at < moving.length; at += CHUNK) {
      await run?.progress(done, total);
      const part = moving.slice(at, at + CHUNK);
      const locked = await lockRows(
        system,
        entity,
        part.map((record) => record.id),
      );
      if (locked.length < part.length) throw problem('handover_changed', { status: 409 });
      const changes = locked.map((row) => ({ row, values: { [field]: given.get(row.id as string) } }));
      const { drafts } = await changeRows(system, entity, changes, { action: 'handover' });
      const refused = drafts.find((draft) => draft.problems.length);
      if (refused) {
        const title = part.find((record) => record.id === refused.id)?.title ?? '';
        throw problem('handover_refused', {
          status: 409,
          params: { title },
          errors: refused.problems.map(({ code }) => ({ path: '', code })),
        });
      }
      await bulkInsert(
        ctx.db,
        'handover_item',
        ITEM_COLUMNS,
        locked.map((row) => ({
          handover_id: id,
          entity: name,
          record_id: row.id,
          from_department: row.department_id ?? null,
          to_owner: given.get(row.id as string),
          customer_id:
            name === 'customer' ? row.id : (part.find((each) => each.id === row.id)?.follows ?? null),
        })),
      );
      done += part.length;
    }
  }
  await verify(ctx, userId, id, stays, byReceiver);
  const result = Object.fromEntries(
    Object.entries(before).map(([name, n]) => [name, n - (stays[name] ?? 0)]),
  );
  await sql`update handover set state = 'done', done_at = ${ctx.now}, result = ${JSON.stringify(result)}::jsonb
    where id = ${id}`.execute(ctx.db);
  await writeAudit(ctx, {
    action: 'handover',
    entity: 'user',
    recordId: userId,
    note: JSON.stringify(result),
  });
  const { rows: leaver } = await sql<{ name: string }>`select name from "user" where id = ${userId}`.execute(
    ctx.db,
  );
  await notify(
    ctx,
    [...byReceiver].map(([to, counts]) => ({
      to: [to],
      kind: 'handover.received',
      params: { id, name: leaver[0]?.name ?? '', count: sum(counts), customers: counts.customer ?? 0 },
      key: `handover.received:${id}`,
    })),
  );
  return result;
}

/** Gives what is no record; that nothing of it is left with the leaver is counted afterwards. */
async function giveOther(
  ctx: Context,
  id: string,
  from: string,
  other: OtherWork,
  items: readonly Given[],
): Promise<void> {
  if (items.length === 0) return;
  await other.give(ctx, from, items);
  await bulkInsert(
    ctx.db,
    'handover_item',
    ITEM_COLUMNS,
    items.map((item) => ({
      handover_id: id,
      entity: other.name,
      record_id: item.id,
      from_department: null,
      to_owner: item.to,
      customer_id: null,
    })),
  );
}

const ITEM_COLUMNS = [
  { name: 'handover_id', type: 'uuid' },
  { name: 'entity', type: 'text' },
  { name: 'record_id', type: 'uuid' },
  { name: 'from_department', type: 'uuid' },
  { name: 'to_owner', type: 'uuid' },
  { name: 'customer_id', type: 'uuid' },
] as const;

const sum = (counts: Counts) => Object.values(counts).reduce((all, n) => all + n, 0);

export const sameCounts = (a: Counts, b: Counts): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => (a[name] ?? 0) === (b[name] ?? 0));

/** What stays, and what each got, is counted anew where it is now: a difference undoes everything. */
async function verify(
  ctx: Context,
  userId: string,
  id: string,
  stays: Counts,
  byReceiver: ReadonlyMap<string, Counts>,
): Promise<void> {
  const [left] = await waiting(ctx, userId);
  if (!sameCounts(left?.open ?? {}, stays)) throw problem('handover_mismatch', { status: 409 });
  const got = new Map<string, Counts>();
  const { rows: kinds } = await sql<{ entity: string }>`select distinct entity from handover_item
    where handover_id = ${id}`.execute(ctx.db);
  for (const { entity: name } of kinds) {
    if (ctx.ownership.otherWork.some((other) => other.name === name)) {
      const { rows: counted } = await sql<{ to: string; n: number }>`select to_owner as to, count(*)::int as n
        from handover_item where handover_id = ${id} and entity = ${name} group by 1`.execute(ctx.db);
      for (const { to, n } of counted) got.set(to, { ...got.get(to), [name]: n });
      continue;
    }
    const entity = entityNamed(ctx.registry, name);
    const field = ctx.ownership.openWork.find((kind) => kind.entity === name)?.field ?? 'owner';
    const { rows } = await sql<{
      to: string;
      n: number;
    }>`select i.to_owner as to, count(*)::int as n from handover_item i
      join ${sql.table(entity.table)} t on t.id = i.record_id and t.${sql.ref(entity.fields[field]?.column ?? 'owner_id')} = i.to_owner
      where i.handover_id = ${id} and i.entity = ${name} group by 1`.execute(ctx.db);
    for (const { to, n } of rows) got.set(to, { ...got.get(to), [name]: n });
  }
  for (const [to, counts] of byReceiver)
    if (!sameCounts(got.get(to) ?? {}, counts)) throw problem('handover_mismatch', { status: 409 });
}

import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import type { CostSource } from '../../../platform/costs/cost.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { defineSubscriber, type StoredEvent } from '../../../platform/events/subscriber.ts';
import { importWrites } from '../../../platform/imports/running.ts';
import { defineJob, type JobRun } from '../../../platform/jobs/job.ts';
import { COST_JOB } from '../rules/names.ts';
import { CHUNK, deriveCosts } from './derive.ts';

/** Costs by rule follow what caused them. */
export const followCauses = defineSubscriber({
  name: 'value.costs',
  events: ['*'],
  rests: importWrites,
  async handle(services, batch) {
    const ctx = await systemContext(services, { kind: 'system', reason: 'costs by rule' });
    const brought = await broughtBack(ctx, batch);
    for (const source of ctx.costs) {
      const ids = [...(await causesIn(ctx, source, batch)), ...(brought.get(source.name) ?? [])];
      if (ids.length) await deriveCosts(ctx, source, [...new Set(ids)].sort());
    }
  },
});

/** The causes a batch of events may have changed. */
async function causesIn(ctx: Context, source: CostSource, batch: readonly StoredEvent[]): Promise<string[]> {
  const found: string[] = [];
  for (const { entity, recordIds } of batch) if (entity === source.entity) found.push(...recordIds);
  for (const [name, field] of Object.entries(source.through ?? {})) {
    const events = batch.filter(({ entity }) => entity === name);
    if (events.length === 0) continue;
    for (const { payload } of events)
      found.push(...((payload.left as Record<string, string[]> | undefined)?.[field] ?? []));
    const { table, fields } = entityNamed(ctx.registry, name);
    const { rows } = await sql<{
      id: string | null;
    }>`select distinct ${sql.ref(`r.${fields[field]?.column}`)} as id
      from ${sql.table(table)} r where r.id = any(${events.flatMap(({ recordIds }) => recordIds)}::uuid[])`.execute(
      ctx.db,
    );
    for (const { id } of rows) if (id) found.push(id);
  }
  return found;
}

/** Causes of entries taken out of the recycle bin: whether they are to be there is the rules' to say. */
async function broughtBack(ctx: Context, batch: readonly StoredEvent[]): Promise<Map<string, string[]>> {
  const ids = batch.flatMap(({ name, recordIds }) => (name === 'costEntry.restored' ? recordIds : []));
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{
    source: string;
    causes: string[];
  }>`select source, array_agg(cause_id) as causes
    from cost_entry where id = any(${ids}::uuid[]) and source is not null group by source`.execute(ctx.db);
  return new Map(rows.map(({ source, causes }) => [source, causes]));
}

const NIL = '00000000-0000-0000-0000-000000000000';

/** Reckons the costs of all causes of a day and later anew, in order of id; gives how many entries changed. */
export async function deriveFrom(
  ctx: Context,
  from: string,
  run?: Pick<JobRun, 'progress'>,
): Promise<number> {
  let [done, changed] = [0, 0];
  for (const source of ctx.costs)
    for (let after = NIL; ; ) {
      const { rows } = await sql<{ cause: string }>`select q.cause from (${source.causes(ctx)}) q
        where q.day >= ${from}::date and q.cause > ${after}::uuid order by q.cause limit ${CHUNK}`.execute(
        ctx.db,
      );
      const last = rows.at(-1);
      if (!last) break;
      changed += await deriveCosts(
        ctx,
        source,
        rows.map(({ cause }) => cause),
      );
      done += rows.length;
      after = last.cause;
      await run?.progress(done);
    }
  return changed;
}

export const costJob = defineJob({
  name: COST_JOB,
  input: z.object({ from: z.iso.date() }),
  async run(services: Services, { from }, run) {
    const ctx = await systemContext(services, { kind: 'job', id: run.job.id, reason: 'costs by rule' });
    return { changed: await deriveFrom(ctx, from, run) };
  },
});

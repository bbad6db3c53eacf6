import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../context/context.ts';
import { type Services, systemContext } from '../context/services.ts';
import { entityNamed } from '../entity/registry.ts';
import { defineSubscriber, type StoredEvent, type Subscriber } from '../events/subscriber.ts';
import { importWrites } from '../imports/running.ts';
import { defineJob, type JobRun, type JobSpec } from '../jobs/job.ts';
import type { FactSpec } from './fact.ts';
import { refreshFacts } from './write.ts';

/** Records derived by one statement: large enough to spare the planner, small enough for flat memory. */
const CHUNK = 5_000;

/** Facts follow events: one reader each, which takes up where it stopped. */
export function factSubscribers(facts: readonly FactSpec[]): Subscriber[] {
  return facts.map((spec) =>
    defineSubscriber({
      name: `facts.${spec.name}`,
      events: spec.after ? [...spec.events, factEvent(spec)] : spec.events,
      rests: async (services) => (await importWrites(services)) || ((await spec.rests?.(services)) ?? false),
      async handle(services, batch) {
        const ctx = await systemContext(services, { kind: 'system', reason: `facts ${spec.name}` });
        const ids = await concernedBy(ctx, spec, batch);
        for (let at = 0; at < ids.length; at += CHUNK)
          await refreshFacts(ctx, spec, ids.slice(at, at + CHUNK));
      },
    }),
  );
}

const factEvent = ({ entity }: FactSpec) => `${entity}.facts`;

/** The records whose facts a batch of events may have changed, each once. */
async function concernedBy(ctx: Context, spec: FactSpec, batch: readonly StoredEvent[]): Promise<string[]> {
  const found = new Set<string>();
  const changed = new Map<string, string[]>();
  for (const event of batch) {
    if (event.name === factEvent(spec) && !spec.after?.includes(event.payload.fact as string)) continue;
    if (event.entity === spec.entity) for (const id of event.recordIds) found.add(id);
    else changed.set(event.entity, [...(changed.get(event.entity) ?? []), ...event.recordIds]);
    const field = spec.through?.[event.entity];
    // What a record referred to before it was changed.
    const left = field && (event.payload.left as Record<string, string[]> | undefined)?.[field];
    if (left) for (const id of left) found.add(id);
  }
  for (const [name, ids] of changed) {
    const through = spec.through?.[name];
    if (!through) continue;
    const entity = entityNamed(ctx.registry, name);
    const field = entity.fields[through];
    if (!field) continue;
    const column = sql.ref(`r.${field.column}`);
    const { rows } = await sql<{ id: string | null }>`select distinct ${
      field.kind === 'references' ? sql`unnest(${column})` : column
    } as id from ${sql.table(entity.table)} r where r.id = any(${ids}::uuid[])`.execute(ctx.db);
    for (const { id } of rows) if (id) found.add(id);
  }
  for (const id of (await spec.concerned?.(ctx, batch)) ?? []) found.add(id);
  return [...found].sort();
}

/** The nightly look at facts that change by themselves, and the job that derives all anew. */
export function factJobs(facts: readonly FactSpec[]): JobSpec[] {
  return [
    defineJob({
      name: 'facts.nightly',
      input: z.object({}),
      nightly: true,
      rests: importWrites,
      async run(services, _input, run) {
        let changed = 0;
        for (const spec of facts) if (spec.due) changed += await refreshDue(services, spec, run);
        return { changed };
      },
    }),
    defineJob({
      name: 'facts.rebuild',
      input: z.object({ names: z.array(z.string()).optional() }),
      rests: importWrites,
      async run(services, { names }, run) {
        let changed = 0;
        for (const spec of facts)
          if (!names || names.includes(spec.name)) changed += await rebuildFacts(services, spec, run);
        return { changed };
      },
    }),
  ];
}

async function refreshDue(services: Services, spec: FactSpec, run: JobRun): Promise<number> {
  const ctx = await systemContext(services, { kind: 'job', id: run.job.id, reason: `facts ${spec.name}` });
  const due = spec.due?.(ctx);
  if (!due) return 0;
  // The ids alone are small; what is derived of them is not held.
  const { rows } = await sql<{ id: string }>`select distinct d.id from (${due}) d order by 1`.execute(ctx.db);
  let changed = 0;
  for (let at = 0; at < rows.length; at += CHUNK) {
    await run.progress(at, rows.length);
    const ids = rows.slice(at, at + CHUNK).map(({ id }) => id);
    changed += (await refreshFacts(ctx, spec, ids)).length;
  }
  return changed;
}

/** Derives the facts of every record anew, in order of id; gives how many changed. */
export async function rebuildFacts(
  services: Services,
  spec: FactSpec,
  run?: Pick<JobRun, 'progress'>,
): Promise<number> {
  const ctx = await systemContext(services, { kind: 'job', reason: `facts ${spec.name}` });
  const table = sql.table(entityNamed(ctx.registry, spec.entity).table);
  let after = '00000000-0000-0000-0000-000000000000';
  let [done, changed] = [0, 0];
  for (;;) {
    const { rows } = await sql<{ id: string }>`select id from ${table} where id > ${after}::uuid
      order by id limit ${CHUNK}`.execute(ctx.db);
    const last = rows.at(-1);
    if (!last) return changed;
    changed += (
      await refreshFacts(
        ctx,
        spec,
        rows.map(({ id }) => id),
      )
    ).length;
    done += rows.length;
    after = last.id;
    await run?.progress(done);
  }
}

import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../context/context.ts';
import { systemContext } from '../context/services.ts';
import { inTransaction } from '../context/transaction.ts';
import type { Row } from '../entity/behaviour.ts';
import { entityNamed } from '../entity/registry.ts';
import type { Entity } from '../entity/types.ts';
import { defineSubscriber, type Subscriber } from '../events/subscriber.ts';
import { importWrites } from '../imports/running.ts';
import { addJob, defineJob, type JobSpec } from '../jobs/job.ts';
import { compare, LEAST } from './compare.ts';
import { judgePairs, MOST_PER_KEY, type Pair, refreshPairs, rowsOf, storeBlocks } from './pairs.ts';
import { type Profile, profileOfRow } from './profile.ts';
import { isCompared } from './rule.ts';

/** Small enough that requests are answered in between. */
const PAGE = 1000;
const ZERO = '00000000-0000-0000-0000-000000000000';
/** So many changes at once (an import, say) are cheaper found by a look at the whole. */
const MANY = 3000;

export const SCAN_JOB = 'duplicates.scan';

type Tell = (done: number, total?: number | null) => Promise<void>;

/**
 * Compares all records of a type with one another, whatever was known before; decisions stay. Pages bring the hashes, the
 * database joins them, pages of pairs are judged: memory does not grow with the base. Gives the number of pairs found.
 */
export async function scanAll(ctx: Context, entity: Entity, tell: Tell = async () => {}): Promise<number> {
  const total = await hashAll(ctx, entity, tell);
  await sql`select gin_clean_pending_list('duplicate_block_keys')`.execute(ctx.db);
  await sql`analyze duplicate_block`.execute(ctx.db);
  await forgetUnlike(ctx, entity);
  // It only reads, and what is found is written beside it: a long transaction that writes would hold all subscribers back.
  return inTransaction(ctx, async (reading) => {
    await sql`set local work_mem = '64MB'`.execute(reading.db);
    await sql`declare duplicate_candidate no scroll cursor for
      select distinct one.id as a, two.id as b from (
        select array_agg(record_id) as ids from (
          select k.key, b.record_id from duplicate_block b cross join unnest(b.keys) as k(key) where b.entity = ${sql.lit(entity.name)}) s
        group by key having count(*) between 2 and ${sql.lit(MOST_PER_KEY)}) g
      cross join unnest(g.ids) as one(id) cross join unnest(g.ids) as two(id) where one.id < two.id`.execute(
      reading.db,
    );
    let kept = 0;
    for (let done = 0; ; ) {
      const { rows: pairs } = await sql<Pair>`fetch ${sql.lit(PAGE)} from duplicate_candidate`.execute(
        reading.db,
      );
      if (pairs.length === 0) return kept;
      kept += await judgePairs(ctx, entity, pairs, await profilesOf(ctx, entity, pairs));
      done += pairs.length;
      await tell(total + done, null);
    }
  });
}

async function profilesOf(ctx: Context, entity: Entity, pairs: readonly Pair[]) {
  const rows = await rowsOf(ctx, entity, [...new Set(pairs.flatMap((pair) => [pair.a, pair.b]))]);
  return new Map([...rows].map(([id, row]) => [id, profileOfRow(entity, row)]));
}

/** Lets go of pairs nobody has decided on that are alike no more, or of which one is gone. */
async function forgetUnlike(ctx: Context, entity: Entity): Promise<void> {
  let [a, b] = [ZERO, ZERO];
  for (;;) {
    const { rows: pairs } = await sql<Pair>`select a, b from duplicate_pair where entity = ${entity.name}
      and decision is null and (a, b) > (${a}::uuid, ${b}::uuid) order by a, b limit ${PAGE}`.execute(ctx.db);
    const last = pairs.at(-1);
    if (!last) return;
    [a, b] = [last.a, last.b];
    const profiles = await profilesOf(ctx, entity, pairs);
    const unlike = pairs.filter((pair) => !isLike(profiles.get(pair.a), profiles.get(pair.b)));
    await sql`delete from duplicate_pair p
      using unnest(${unlike.map((pair) => pair.a)}::uuid[], ${unlike.map((pair) => pair.b)}::uuid[]) as u(a, b)
      where p.a = u.a and p.b = u.b and p.decision is null`.execute(ctx.db);
  }
}

const isLike = (one: Profile | undefined, two: Profile | undefined) =>
  one !== undefined && two !== undefined && compare(one, two).certainty >= LEAST;

async function hashAll(ctx: Context, entity: Entity, tell: Tell): Promise<number> {
  await sql`delete from duplicate_block b where entity = ${entity.name}
    and not exists (select from ${sql.table(entity.table)} t where t.id = b.record_id and t.deleted_at is null)`.execute(
    ctx.db,
  );
  let after = ZERO;
  for (let done = 0; ; ) {
    const { rows } = await sql<Row>`select * from ${sql.table(entity.table)}
      where id > ${after} and deleted_at is null order by id limit ${PAGE}`.execute(ctx.db);
    const profiles = new Map(rows.map((row) => [row.id as string, profileOfRow(entity, row)]));
    await storeBlocks(ctx, entity, profiles);
    done += rows.length;
    await tell(done, null);
    if (rows.length < PAGE) return done;
    after = rows.at(-1)?.id as string;
  }
}

/** The look at the whole base, of one record type or of all; every night it mends what may have been missed. */
export function duplicateJobs(): JobSpec[] {
  return [
    defineJob({
      name: SCAN_JOB,
      input: z.object({ entity: z.string().optional() }),
      nightly: true,
      rests: importWrites,
      async run(services, { entity: only }, run) {
        const ctx = await systemContext(services, { kind: 'job', id: run.job.id });
        let found = 0;
        for (const entity of ctx.registry.entities)
          if (isCompared(entity) && (!only || only === entity.name))
            found += await scanAll(ctx, entity, (done, total) => run.progress(done, total));
        return { found };
      },
    }),
  ];
}

/** Follows every change; after many at once the whole is looked at. */
export const duplicateSubscriber: Subscriber = defineSubscriber({
  name: 'duplicates',
  events: ['*.created', '*.updated', '*.deleted', '*.restored', '*.imported', '*.merged', '*.unmerged'],
  rests: importWrites,
  async handle(services, batch) {
    const ctx = await systemContext(services, { kind: 'system', reason: 'duplicates' });
    const changed = new Map<string, Set<string>>();
    for (const event of batch) {
      const entity = ctx.registry.byName.get(event.entity);
      if (!entity || !isCompared(entity)) continue;
      const ids = changed.get(entity.name) ?? new Set();
      for (const id of event.recordIds) ids.add(id);
      changed.set(entity.name, ids);
    }
    for (const [name, ids] of changed) {
      if (ids.size > MANY) await addJob(ctx, SCAN_JOB, { entity: name }, { key: name, entity: name });
      else await refreshPairs(ctx, entityNamed(ctx.registry, name), [...ids].sort());
    }
  },
});

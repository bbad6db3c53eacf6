import { sql } from 'kysely';
import { z } from 'zod';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { idPages } from '../../../platform/entity/list.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import { defineSubscriber, type StoredEvent } from '../../../platform/events/subscriber.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { enrolByRule } from '../run/enrol.ts';
import { doDue } from '../run/job.ts';

interface Rule {
  id: string;
  name: string;
  stage: string | null;
  segment: string | null;
  perDay: number;
  since: string;
}

async function rulesFor(ctx: Context, target: string): Promise<Rule[]> {
  const { rows } =
    await sql<Rule>`select id, name, stage_id as stage, segment_id as segment, per_day as "perDay", created_at as since
    from sequence where target = ${target} and start = 'auto' and active and deleted_at is null order by id`.execute(
      ctx.db,
    );
  return rows;
}

/**
 * Leads begin when somebody gets them for the first time, business when it enters the stage; what came or stood there before the
 * sequence was made begins nothing.
 */
export const enrolWhatEnters = defineSubscriber({
  name: 'sequences.enter',
  events: ['lead.created', 'lead.updated', 'opportunity.created', 'opportunity.updated'],
  async handle(services, batch) {
    const ctx = await systemContext(services, { kind: 'system', reason: 'sequence' });
    const leads = idsOf(batch.filter(({ entity }) => entity === 'lead'));
    if (leads.length)
      for (const rule of await rulesFor(ctx, 'lead'))
        await unlessRefused(services, rule, beginLeads(ctx, rule, leads));
    const entering = batch.filter(entersStage);
    if (entering.length)
      for (const rule of await rulesFor(ctx, 'opportunity')) {
        const later = entering.filter(({ at }) => Temporal.Instant.compare(at, rule.since) >= 0);
        await unlessRefused(services, rule, beginBusiness(ctx, rule, idsOf(later)));
      }
  },
});

/** Where what it would begin is refused, by a field the company asks for, say, a rule begins nothing, and holds no other up. */
async function unlessRefused({ log }: Services, { id }: Rule, begun: Promise<void>): Promise<void> {
  try {
    await begun;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    log.error({ err: error, sequence: id }, 'a sequence begins nothing');
  }
}

const idsOf = (events: readonly StoredEvent[]): string[] => [
  ...new Set(events.flatMap(({ recordIds }) => recordIds)),
];

/** New business, or business that left another stage. */
const entersStage = ({ entity, name, payload }: StoredEvent): boolean =>
  entity === 'opportunity' &&
  (name.endsWith('.created') || Boolean((payload.left as Record<string, unknown> | undefined)?.stage));

async function beginLeads(ctx: Context, rule: Rule, ids: readonly string[]): Promise<void> {
  await inTransaction(asSystem(ctx, 'sequence'), async (inner) => {
    const { rows } = await sql<{ id: string }>`select l.id from lead l join sequence q on q.id = ${rule.id}
      where l.id = any(${[...ids]}::uuid[]) and l.deleted_at is null and l.owner_id is not null
        and l.status in ('new', 'working') and coalesce(l.received_at, l.created_at) >= q.created_at order by l.id`.execute(
      inner.db,
    );
    await enrolByRule(
      inner,
      rule.id,
      'lead',
      rows.map(({ id }) => ({ id, occasion: `lead:${rule.id}:${id}` })),
    );
  });
}

async function beginBusiness(ctx: Context, rule: Rule, ids: readonly string[]): Promise<void> {
  await inTransaction(asSystem(ctx, 'sequence'), async (inner) => {
    const { rows } = await sql<{
      id: string;
      since: string;
    }>`select o.id, o.stage_since::text as since from opportunity o
      join sequence q on q.id = ${rule.id}
      where o.id = any(${[...ids]}::uuid[]) and o.stage_id = ${rule.stage} and o.status = 'open' and o.deleted_at is null
        and o.stage_since >= (q.created_at at time zone ${inner.timeZone})::date order by o.id`.execute(
      inner.db,
    );
    await enrolByRule(
      inner,
      rule.id,
      'opportunity',
      rows.map(({ id, since }) => ({ id, occasion: `stage:${rule.id}:${id}:${since}` })),
    );
  });
}

const PAGE = 500;

/** Every night the members of segments begin, each once, so many a night; and what was due and missed is done. */
export const sequenceNight = defineJob({
  name: 'sequence.night',
  input: z.object({}),
  nightly: true,
  async run(services: Services, _input, { progress }) {
    const ctx = await systemContext(services, { kind: 'job', reason: 'sequence' });
    let begun = 0;
    const refused: string[] = [];
    for (const rule of await rulesFor(ctx, 'customer')) {
      const here = await beginSegment(ctx, rule);
      if (here === null) refused.push(rule.name);
      else begun += here;
      await progress(begun);
    }
    await doDue(services, progress);
    return { begun, refused };
  },
});

/** Null where the segment cannot be told any more, because it lost a field: one such rule holds no other up. */
async function beginSegment(ctx: Context, rule: Rule): Promise<number | null> {
  if (!rule.segment) return null;
  let begun = 0;
  try {
    for await (const ids of idPages(ctx, 'customer', { filter: { segment: rule.segment } }, 'read', PAGE)) {
      begun += await inTransaction(asSystem(ctx, 'sequence'), async (inner) => {
        const { rows } = await sql<{
          id: string;
        }>`select c.id from customer c where c.id = any(${ids}::uuid[])
          and c.deleted_at is null and c.owner_id is not null and coalesce(c.status, 'active') = 'active'
          and not exists (select from sequence_run r where r.occasion = ${`segment:${rule.id}:`}::text || c.id)
          order by c.id limit ${rule.perDay - begun}`.execute(inner.db);
        const found = rows.map(({ id }) => ({ id, occasion: `segment:${rule.id}:${id}` }));
        return enrolByRule(inner, rule.id, 'customer', found);
      });
      if (begun >= rule.perDay) break;
    }
    return begun;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

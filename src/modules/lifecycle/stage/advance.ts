import { type RawBuilder, sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { refreshFacts } from '../../../platform/facts/write.ts';
import { readingsOf, withMeasures } from '../../grades/public.ts';
import { stageFacts } from '../facts.ts';
import { moveCondition } from '../model/definition.ts';
import type { Model } from '../model/store.ts';

/** A model made ready to move many customers by. */
export interface Mover {
  model: Model;
  /** The number of the move that holds for row `t` in stage `stage`, or null. */
  move: RawBuilder<unknown>;
  /** What showed it, given that number. */
  readings(move: RawBuilder<unknown>): RawBuilder<unknown>;
}

/** Compiles the rules of a model; throws a problem where one cannot be understood. */
export async function moverOf(ctx: Context, model: Model): Promise<Mover> {
  const { moves } = model.definition;
  const cases: RawBuilder<unknown>[] = [];
  const readings: RawBuilder<unknown>[] = [];
  const understood = withMeasures(asSystem(ctx, 'lifecycle'));
  for (const [at, { from, filter }] of moves.entries()) {
    if (!filter) continue;
    cases.push(sql`when stage = ${from}::text and ${await moveCondition(ctx, filter, at)} then ${at}::int`);
    readings.push(sql`when ${at}::int then ${await readingsOf(understood, filter)}`);
  }
  return {
    model,
    move: cases.length ? sql`case ${sql.join(cases, sql` `)} end` : sql`null::int`,
    readings: (move) =>
      readings.length
        ? sql`case ${move} ${sql.join(readings, sql` `)} else '[]'::jsonb end`
        : sql`'[]'::jsonb`,
  };
}

/** More steps than stages would be going in circles. */
const MOST_STEPS = 12;

/**
 * Moves customers on, all of them by one statement a step, until none moves: who is in no stage begins in the first. Nobody
 * comes twice through a stage in one go, so rules that contradict each other end. What is held by hand stays.
 */
export async function advance(ctx: Context, mover: Mover, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { model } = mover;
  return inTransaction(ctx, async (inner) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`lifecycle ${model.code}`}, 0))`.execute(
      inner.db,
    );
    const changed = new Set(await begin(inner, model, ids));
    const been = new Map<string, Set<string>>();
    let going: readonly string[] = ids;
    for (let step = 0; step < MOST_STEPS && going.length; step += 1) {
      const moved = await oneStep(inner, mover, going, been);
      for (const { id, from, to } of moved) {
        changed.add(id);
        been.set(id, (been.get(id) ?? new Set([from])).add(to));
      }
      going = moved.map(({ id }) => id);
    }
    const all = [...changed].sort();
    await refreshFacts(inner, stageFacts, all);
    return all;
  });
}

/** Who is in no stage, or in one there is no more, begins in the first. */
async function begin(ctx: Context, { code, definition }: Model, ids: readonly string[]): Promise<string[]> {
  const known = definition.stages.map(({ value }) => value);
  const { rows } = await sql<{ id: string }>`with fresh as materialized (
      select t.id, s.stage from customer t left join customer_stage s on s.model = ${code} and s.customer_id = t.id
      where t.id = any(${ids}::uuid[]) and t.deleted_at is null and (s.stage is null or not s.stage = any(${known}::text[]))),
    written as (insert into customer_stage (model, customer_id, stage, since)
      select ${code}, id, ${known[0]}, ${ctx.now} from fresh order by id
      on conflict (model, customer_id) do update set stage = excluded.stage, since = excluded.since,
        held_at = null, held_until = null, held_by = null),
    told as (insert into stage_change (model, customer_id, from_stage, to_stage, cause, at)
      select ${code}, id, stage, ${known[0]}, 'begin', ${ctx.now} from fresh order by id)
    select id from fresh`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

interface Moved {
  id: string;
  from: string;
  to: string;
}

async function oneStep(
  ctx: Context,
  { model, move, readings }: Mover,
  ids: readonly string[],
  been: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Moved[]> {
  const { moves } = model.definition;
  const past = [...been].flatMap(([id, stages]) => [...stages].map((stage) => `${id} ${stage}`));
  const evidence = moves.map(({ evidence: { zh } }) => zh);
  const to = moves.map((each) => each.to);
  const { rows } = await sql<Moved>`with held as materialized (
      select t.id, s.stage, ${move} as move from customer_stage s join customer t on t.id = s.customer_id
      where s.model = ${model.code} and t.id = any(${ids}::uuid[]) and t.deleted_at is null
        and not (s.held_at is not null and (s.held_until is null or s.held_until >= ${dayOf(ctx)}::date))),
    going as materialized (select h.id, h.stage, h.move, (${to}::text[])[h.move + 1] as into_stage from held h where h.move is not null),
    first as materialized (select * from going g where not (g.id || ' ' || g.into_stage = any(${past}::text[]))
      -- Rules that contradict each other would send a customer to and fro with every change: once a day is enough.
      and not (exists (select from stage_change c where c.model = ${model.code} and c.customer_id = g.id and c.cause = 'rule'
          and c.to_stage = g.into_stage and c.at > ${ctx.now}::timestamptz - interval '1 day')
        and exists (select from stage_change c where c.model = ${model.code} and c.customer_id = g.id and c.cause = 'rule'
          and c.from_stage = g.into_stage and c.at > ${ctx.now}::timestamptz - interval '1 day'))),
    written as (update customer_stage s set stage = f.into_stage, since = ${ctx.now}, held_at = null, held_until = null, held_by = null
      from first f where s.model = ${model.code} and s.customer_id = f.id),
    told as (insert into stage_change (model, customer_id, from_stage, to_stage, cause, evidence, readings, at)
      select ${model.code}, f.id, f.stage, f.into_stage, 'rule', (${evidence}::text[])[f.move + 1],
        ${readings(sql`f.move`)}, ${ctx.now} from first f join customer t on t.id = f.id order by f.id)
    select id, stage as "from", into_stage as "to" from first`.execute(ctx.db);
  return rows;
}

import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { CostSource } from '../../../platform/costs/cost.ts';
import type { Draft, Row } from '../../../platform/entity/behaviour.ts';
import { setDeleted } from '../../../platform/entity/bin.ts';
import { changeRows, createDrafts } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { costOf, hourlyOf } from '../rules/amount.ts';
import { ruleOf, rulesOn } from '../rules/definition.ts';
import { phaseOf, standingsOf } from '../rules/phase.ts';
import { ruleVersions } from '../rules/store.ts';
import { keeping } from './behaviour.ts';

interface CauseRow {
  cause: string;
  customer: string;
  day: string;
  kind: string;
  minutes: number | null;
  amount: string | null;
  person: string | null;
  department: string | null;
}

type Values = Record<string, unknown>;

/** Causes taken together: few statements, little memory. */
export const CHUNK = 1000;

/**
 * Brings the costs of these causes to what the rules make of them: what is new is entered, what is other is changed, what has no
 * cause any more goes. Doing it again changes nothing. Gives how many entries changed.
 */
export async function deriveCosts(
  ctx: Context,
  source: CostSource,
  causes: readonly string[],
): Promise<number> {
  let changed = 0;
  for (let at = 0; at < causes.length; at += CHUNK)
    changed += await deriveSome(ctx, source, causes.slice(at, at + CHUNK));
  return changed;
}

function deriveSome(ctx: Context, source: CostSource, causes: readonly string[]): Promise<number> {
  return inTransaction(asSystem(ctx, 'costs by rule'), async (inner) => {
    // One after the other for a source: two at once would both enter what is new.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`costs.${source.name}`}, 0))`.execute(inner.db);
    const wanted = await wantedOf(inner, source, causes);
    const { rows: there } = await sql<Row>`select * from cost_entry where source = ${source.name}
      and cause_id = any(${[...causes]}::text[]) and deleted_at is null order by id for no key update`.execute(
      inner.db,
    );
    const known = new Set(there.map((row) => row.cause_id as string));
    const gone = there.filter((row) => !wanted.has(row.cause_id as string));
    const kept = there.filter((row) => wanted.has(row.cause_id as string));
    const fresh = [...wanted].filter(([cause]) => !known.has(cause)).map(([, values]) => values);
    const changed = await change(inner, kept, wanted);
    await enter(inner, fresh);
    await setDeleted(inner, entityNamed(inner.registry, 'costEntry'), gone, true);
    return changed + fresh.length + gone.length;
  });
}

async function change(ctx: Context, rows: Row[], wanted: ReadonlyMap<string, Values>): Promise<number> {
  if (rows.length === 0) return 0;
  const inner = keeping(
    ctx,
    rows.map((row) => wanted.get(row.cause_id as string) as Values),
  );
  const changes = rows.map((row) => ({ row, values: {} }));
  const { drafts, stored } = await changeRows(inner, entityNamed(ctx.registry, 'costEntry'), changes);
  refuseProblems(drafts);
  return stored.length;
}

async function enter(ctx: Context, values: Values[]): Promise<void> {
  if (values.length === 0) return;
  const entity = entityNamed(ctx.registry, 'costEntry');
  refuseProblems(
    await createDrafts(
      keeping(ctx, values),
      entity,
      values.map(() => ({})),
    ),
  );
}

function refuseProblems(drafts: readonly Draft[]): void {
  const problems = drafts.flatMap((draft) => draft.problems);
  if (problems.length) throw invalid(problems);
}

/** What the rules make of causes, by cause; those that are none any more, or cost nothing, are left out. */
async function wantedOf(
  ctx: Context,
  source: CostSource,
  causes: readonly string[],
): Promise<Map<string, Values>> {
  const { rows } = await sql<CauseRow>`select q.cause, q.customer, q.day::text as day, q.kind, q.minutes,
      q.amount::text as amount, u.id as person, u.department_id as department
    from (${source.causes(ctx)}) q join customer c on c.id = q.customer and c.deleted_at is null
    left join "user" u on u.id = q.person and u.deleted_at is null
    where q.cause = any(${[...causes]}::uuid[]) order by q.cause`.execute(ctx.db);
  if (rows.length === 0) return new Map();
  const [versions, standings, above] = await Promise.all([
    ruleVersions(ctx),
    standingsOf(ctx, rows),
    departmentsAbove(ctx),
  ]);
  const wanted = new Map<string, Values>();
  for (const [at, row] of rows.entries()) {
    const rules = rulesOn(versions, row.day);
    const hourly = hourlyOf(row.department, above, rules);
    const amount = costOf(row, ruleOf(rules, source), hourly, ctx.currency);
    const standing = standings[at];
    if (amount === null || !standing) continue;
    wanted.set(row.cause, {
      subject: ctx.registry.words.zh[`costEntry.source.${source.name}`] ?? source.name,
      customer: row.customer,
      kind: row.kind,
      phase: phaseOf(standing, rules.phases),
      amount: { amount, currency: ctx.currency },
      day: row.day,
      person: row.person,
      source: source.name,
      causeId: row.cause,
    });
  }
  return wanted;
}

async function departmentsAbove(ctx: Context): Promise<Map<string, string | null>> {
  const { rows } = await sql<{
    id: string;
    above: string | null;
  }>`select id, parent_id as above from department`.execute(ctx.db);
  return new Map(rows.map(({ id, above }) => [id, above]));
}

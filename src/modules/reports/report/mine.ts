import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { changeRows, createDrafts, lockRows, readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { forbidden, invalid, problem } from '../../../platform/errors/problem.ts';
import { type CountedFigure, countFigures } from '../../../platform/figures/read.ts';
import { quotasOf } from '../quota/read.ts';
import { periodOf, type ReportKind } from './period.ts';

export interface Which {
  kind: ReportKind;
  date: string;
}

interface Words {
  words?: string | null | undefined;
  plan?: string | null | undefined;
}

const me = (ctx: Context): string => {
  if (!ctx.principal.userId) throw forbidden();
  return ctx.principal.userId;
};

/** The id of somebody's report of a period. */
async function idOf(ctx: Context, person: string, { kind, date }: Which): Promise<string | null> {
  const { rows } = await sql<{
    id: string;
  }>`select id from work_report where owner_id = ${person} and kind = ${kind}
    and date = ${periodOf(kind, date).from}::date and deleted_at is null`.execute(ctx.db);
  return rows[0]?.id ?? null;
}

/** One's report of a period: what is written, the figures — live until it is handed in — and the quotas. */
export async function myReport(ctx: Context, which: Which) {
  const person = me(ctx);
  const id = await idOf(ctx, person, which);
  const report = id ? await readRecord(ctx, 'workReport', id) : null;
  const period = periodOf(which.kind, which.date);
  const figures =
    (id && report?.status !== 'open' && (await frozenFigures(ctx, id))) ||
    (await countFigures(ctx, person, period));
  return { report, period, figures, quotas: await quotasOf(ctx, person, which.kind, figures) };
}

export async function frozenFigures(ctx: Context, id: string): Promise<CountedFigure[] | null> {
  const { rows } = await sql<{
    figures: CountedFigure[] | null;
  }>`select figures from work_report where id = ${id}`.execute(ctx.db);
  return rows[0]?.figures ?? null;
}

/** Keeps what one has written so far. */
export const saveMine = (ctx: Context, which: Which, words: Words) =>
  inTransaction(ctx, async (inner) => {
    await written(inner, which, words);
    return myReport(inner, which);
  });

/** Hands one's report in: its figures stay as they are now. */
export const handIn = (ctx: Context, which: Which, words: Words) =>
  inTransaction(ctx, async (inner) => {
    const row = await written(inner, which, words);
    const figures = await countFigures(inner, me(inner), periodOf(which.kind, which.date));
    const set = { figures, status: 'handedIn', handedInAt: inner.now };
    await decide(inner, 'workReport', [row], set, { action: 'handIn' });
    return myReport(inner, which);
  });

/** One's own open report, locked, with the words written; it is made where there is none. */
async function written(ctx: Context, which: Which, words: Words): Promise<Row> {
  const entity = entityNamed(ctx.registry, 'workReport');
  const policy = ctx.policies.for('workReport');
  if (!policy.can('create')) throw forbidden();
  const person = me(ctx);
  const given = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
  // Two first saves at the same moment, from two windows or by a second click, come to one report.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`workReport:${person}`}, 0))`.execute(ctx.db);
  let id = await idOf(ctx, person, which);
  if (!id) {
    const [draft] = await createDrafts(ctx, entity, [{ ...which, ...given, owner: person }]);
    if (draft?.problems.length) throw invalid(draft.problems);
    id = draft?.id ?? null;
  }
  const [row] = await lockRows(ctx, entity, id ? [id] : []);
  if (!row) throw forbidden();
  if (row.status !== 'open') throw problem('report_handed_in', { status: 409 });
  const { drafts } = await changeRows(ctx, entity, [{ row, values: given }]);
  const problems = drafts.flatMap((draft) => draft.problems);
  if (problems.length) throw invalid(problems);
  return ((await lockRows(ctx, entity, [row.id as string]))[0] ?? row) as Row;
}

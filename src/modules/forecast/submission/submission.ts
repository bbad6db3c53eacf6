import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { Action } from '../../../platform/entity/types.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { settingWithDefaults } from '../../../platform/settings/setting.ts';
import { periodAsked } from '../page/asked.ts';
import { mustSeeForecast } from '../rights.ts';
import { type Deadline, type Round, roundAt, roundBefore } from './round.ts';
import type { Adjustment, Submission, Submissions } from './submission.shared.ts';

export const deadlineSetting = settingWithDefaults<Deadline>('forecast.deadline', {
  weekday: 1,
  time: '10:00',
});
export const deadlineBody = z.strictObject({
  weekday: z.int().min(1).max(7),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
});

const amount = z.string().regex(/^\d{1,15}(\.\d{1,2})?$/);
const period = z.string().max(7);
const round = z.iso.date();
export const submitBody = z.strictObject({
  period,
  round,
  level: z.enum(['own', 'team']).default('own'),
  commit: amount,
  best: amount,
  saidCommit: amount,
  saidBest: amount,
  note: z.string().trim().max(1000).nullish(),
});
export const adjustBody = z.strictObject({
  period,
  round,
  person: z.uuid(),
  commit: amount.nullable(),
  note: z.string().trim().min(1).max(1000).nullish(),
});

/** People whose business lies within a scope of the caller; himself among them. */
function peopleIn(ctx: Context, action: Action): RawBuilder<unknown> {
  const { userId } = ctx.principal;
  const scope = ctx.policies.for('opportunity').scope(action);
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'none') return sql`u.id = ${userId}`;
  return sql`(u.id = ${userId} or u.department_id = any(${scope.departments}::uuid[]))`;
}

/** The round at work, locked against being changed once it is over. */
async function openRound(ctx: Context, key: string): Promise<Round> {
  const open = roundAt(await deadlineSetting.read(ctx.db), ctx.timeZone, ctx.now);
  if (open.key !== key) throw problem('forecast_round_closed', { status: 409, params: { next: open.key } });
  return open;
}

/** Promises what one's own business, or one's team, brings in a period. */
export async function submit(asked: Context, body: z.output<typeof submitBody>): Promise<{ round: string }> {
  mustSeeForecast(asked);
  const { userId } = asked.principal;
  if (!userId) throw forbidden();
  const { key, to } = periodAsked(asked, body.period);
  if (dayOf(asked) >= to) throw problem('forecast_period_over', { status: 409 });
  return inTransaction(asked, async (ctx) => {
    const { key: current } = await openRound(ctx, body.round);
    await sql`insert into forecast_submission (period, round, person_id, level, commit, best, note, said_commit, said_best, at)
      values (${key}, ${current}, ${userId}, ${body.level}, ${body.commit}, ${body.best}, ${body.note ?? null},
        ${body.saidCommit}, ${body.saidBest}, ${ctx.now})
      on conflict (period, round, person_id, level) do update set commit = excluded.commit, best = excluded.best,
        note = excluded.note, said_commit = excluded.said_commit, said_best = excluded.said_best, at = excluded.at`.execute(
      ctx.db,
    );
    await writeAudit(ctx, {
      action: 'forecastSubmit',
      entity: 'user',
      recordId: userId,
      note: `${key} ${current}: ${body.commit} / ${body.best}`,
    });
    return { round: current };
  });
}

/** Says what a superior makes of somebody's promise, with why; without an amount takes that back. The promise stays. */
export async function adjust(asked: Context, body: z.output<typeof adjustBody>): Promise<{ round: string }> {
  mustSeeForecast(asked);
  const { userId } = asked.principal;
  const { key } = periodAsked(asked, body.period);
  if (!userId || body.person === userId || !asked.policies.for('opportunity').can('transfer'))
    throw forbidden();
  if (body.commit !== null && !body.note)
    throw problem('invalid', { errors: [{ path: 'note', code: 'required' }] });
  return inTransaction(asked, async (ctx) => {
    const { rows } = await sql`select from "user" u where u.id = ${body.person} and u.deleted_at is null
      and ${peopleIn(ctx, 'transfer')}`.execute(ctx.db);
    if (rows.length === 0) throw forbidden();
    const { key: current } = await openRound(ctx, body.round);
    const mine = sql`period = ${key} and round = ${current}::date and person_id = ${body.person} and manager_id = ${userId}`;
    if (body.commit === null) await sql`delete from forecast_adjustment where ${mine}`.execute(ctx.db);
    else
      await sql`insert into forecast_adjustment (period, round, person_id, manager_id, commit, note, at)
        values (${key}, ${current}, ${body.person}, ${userId}, ${body.commit}, ${body.note}, ${ctx.now})
        on conflict (period, round, person_id, manager_id) do update
          set commit = excluded.commit, note = excluded.note, at = excluded.at`.execute(ctx.db);
    await writeAudit(ctx, {
      action: 'forecastAdjust',
      entity: 'user',
      recordId: body.person,
      note: `${key} ${current}: ${body.commit ?? '-'}`,
    });
    return { round: current };
  });
}

/** The promises of a period by the people whose business the caller sees. */
export async function submissionsOf(ctx: Context, periodKey: string): Promise<Submissions> {
  mustSeeForecast(ctx);
  const { key } = periodAsked(ctx, periodKey);
  const deadline = await deadlineSetting.read(ctx.db);
  const { key: current, closesAt } = roundAt(deadline, ctx.timeZone, ctx.now);
  const before = roundBefore(current);
  const [submitted, adjusted, mine] = await Promise.all([
    sql<
      Submission & { round: string }
    >`select f.round, f.person_id as person, f.level, f.commit::text, f.best::text, f.note,
        f.said_commit::text as "saidCommit", f.said_best::text as "saidBest", f.at
      from forecast_submission f join "user" u on u.id = f.person_id
      where f.period = ${key} and f.round = any(${[current, before]}::date[]) and ${peopleIn(ctx, 'read')}`.execute(
      ctx.db,
    ),
    sql<Adjustment>`select f.person_id as person, f.manager_id as manager, m.name as "managerName", f.commit::text, f.note, f.at
      from forecast_adjustment f join "user" u on u.id = f.person_id left join "user" m on m.id = f.manager_id
      where f.period = ${key} and f.round = ${current}::date and ${peopleIn(ctx, 'read')} order by f.at desc`.execute(
      ctx.db,
    ),
    ctx.policies.for('opportunity').can('transfer')
      ? sql<{ id: string }>`select u.id from "user" u where u.deleted_at is null and u.status = 'active'
          and u.id <> ${ctx.principal.userId} and ${peopleIn(ctx, 'transfer')} limit 1000`.execute(ctx.db)
      : { rows: [] },
  ]);
  const of = (which: string) =>
    submitted.rows.filter(({ round }) => round === which).map(({ round: _, ...rest }) => rest);
  return {
    round: current,
    closesAt,
    deadline,
    now: of(current),
    before: of(before),
    adjustments: adjusted.rows,
    mayAdjust: mine.rows.map(({ id }) => id),
  };
}

import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { type FieldProblem, invalid, ProblemError } from '../../../platform/errors/problem.ts';
import { personContext } from '../../organisation/public.ts';
import { distribute, type Plan, receiversOf } from './distribute.ts';
import { loadsOf, openOf } from './open.ts';

const SHOWN = 500;

export type Counts = Record<string, number>;

/** What a plan comes to: every record with its receiver. */
export async function work(ctx: Context, userId: string, plan: Plan) {
  const groups = await openOf(ctx, userId, plan);
  const given = distribute(plan, groups, await loadsOf(ctx, receiversOf(plan)));
  const before: Counts = {};
  const byReceiver = new Map<string, Counts>();
  const stays: Counts = {};
  for (const { entity, records } of groups) {
    if (records.length) before[entity] = (before[entity] ?? 0) + records.length;
    for (const { id } of records) {
      const to = given.get(id);
      const counts = to ? (byReceiver.get(to) ?? {}) : stays;
      counts[entity] = (counts[entity] ?? 0) + 1;
      if (to) byReceiver.set(to, counts);
    }
  }
  return { groups, given, before, byReceiver, stays };
}

/** A plan as it would come out; nothing is changed. Refuses what could not be done. */
export async function preview(ctx: Context, services: Services, userId: string, plan: Plan) {
  await requireReceivers(ctx, services, userId, plan);
  const { groups, given, before, byReceiver, stays } = await work(ctx, userId, plan);
  const { rows } = await sql<{ id: string; name: string }>`select id, name from "user"
    where id = any(${[...byReceiver.keys()]}::uuid[])`.execute(ctx.db);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return {
    before,
    stays,
    receivers: [...byReceiver].map(([id, counts]) => ({ id, name: names.get(id) ?? '', counts })),
    items: groups
      .flatMap(({ entity, records }) =>
        records.map(({ id, title, value }) => ({ entity, id, title, value, to: given.get(id) ?? null })),
      )
      .slice(0, SHOWN),
  };
}

/** Receivers are at work, are not the leaver, and may see what they get. */
export async function requireReceivers(
  ctx: Context,
  services: Services,
  userId: string,
  plan: Plan,
): Promise<void> {
  const problems: FieldProblem[] = [];
  for (const id of receiversOf(plan)) {
    if (id === userId) {
      problems.push({ path: 'plan', code: 'handover_to_leaver' });
      continue;
    }
    const receiver = await personContext(services, { id }, ctx.principal.cause).catch((error: unknown) => {
      if (error instanceof ProblemError) return null;
      throw error;
    });
    if (!receiver) problems.push({ path: 'plan', code: 'handover_receiver_inactive' });
    else if (!receiver.policies.for('customer').can('read'))
      problems.push({ path: 'plan', code: 'handover_receiver_blind' });
  }
  if (problems.length) throw invalid(problems);
}

import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { type FieldProblem, invalid, ProblemError } from '../../../platform/errors/problem.ts';
import { personContext } from '../../organisation/public.ts';
import { distribute, type Plan, receiversOf } from './distribute.ts';
import { loadsOf, openOf, UNNAMED } from './open.ts';

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
  const names = await namesOf(ctx, [...byReceiver.keys()]);
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

async function namesOf(ctx: Context, people: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from "user"
    where id = any(${[...people]}::uuid[])`.execute(ctx.db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Receivers are at work, are not the leaver, and may see what they get. */
export async function requireReceivers(
  ctx: Context,
  services: Services,
  userId: string,
  plan: Plan,
): Promise<void> {
  const problems: FieldProblem[] = [];
  const receivers = receiversOf(plan);
  const names = await namesOf(ctx, receivers);
  for (const id of receivers) {
    const params = { name: names.get(id) ?? UNNAMED };
    if (id === userId) {
      problems.push({ path: 'plan', code: 'handover_to_leaver' });
      continue;
    }
    const receiver = await personContext(services, { id }, ctx.principal.cause).catch((error: unknown) => {
      if (error instanceof ProblemError) return null;
      throw error;
    });
    if (!receiver) problems.push({ path: 'plan', code: 'handover_receiver_inactive', params });
    else if (!receiver.policies.for('customer').can('read'))
      problems.push({ path: 'plan', code: 'handover_receiver_blind', params });
  }
  if (problems.length) throw invalid(problems);
}

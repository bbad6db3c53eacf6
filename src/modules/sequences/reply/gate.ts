import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { dayTakenBy, freeDays, takeDay } from '../../care/public.ts';

/**
 * A task that is a message of a sequence goes through the gate of all messages when it is done: on one day a person gets one. Opened
 * again, it gives the day back.
 */
export const messageGate: Behaviour = {
  async prepare(ctx, drafts) {
    const turned = drafts.filter(
      ({ before, values }) => before && 'status' in values && values.status !== before.status,
    );
    if (turned.length === 0) return;
    const messages = await messagesAmong(ctx, turned);
    for (const draft of turned) {
      const person = messages.get(draft.id);
      if (!person) continue;
      if (draft.values.status === 'done') await takeOrRefuse(ctx, draft, person);
      else await freeDays(ctx, [draft.id], 'sent');
    }
  },
};

async function takeOrRefuse(ctx: Context, draft: Draft, person: string): Promise<void> {
  const day = dayOf(ctx);
  if (await takeDay(ctx, person, day, 'sent', draft.id)) return;
  const name = (await dayTakenBy(ctx, person, day)) ?? '—';
  draft.problems.push({ path: 'status', code: 'care_day_taken', params: { name } });
}

/** Of these tasks those that are messages, with whom they go to. */
async function messagesAmong(ctx: Context, drafts: readonly Draft[]): Promise<Map<string, string>> {
  const { rows } = await sql<{
    task: string;
    person: string;
  }>`select task_id as task, person_id as person from sequence_touch
    where task_id = any(${drafts.map(({ id }) => id)}::uuid[]) and action in ('mail', 'message') and person_id is not null`.execute(
    ctx.db,
  );
  return new Map(rows.map(({ task, person }) => [task, person]));
}

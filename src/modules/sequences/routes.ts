import { sql } from 'kysely';
import { readRecord } from '../../platform/entity/records.ts';
import { idParams, type Route, route } from '../../platform/http/route.ts';
import { offRoutes } from '../care/public.ts';
import { replyIntake } from './reply/api.ts';
import { sequenceOff } from './reply/off.ts';
import { runsSeen } from './run/seen.ts';
import type { TaskStep } from './sequence/figures.shared.ts';
import { sequenceCounts, stepFigures } from './sequence/figures.ts';
import { playbookOf } from './sequence/playbook.ts';

const tag = 'sequences';

/** What is asked of sequences besides their records. */
export function sequenceRoutes(): Route[] {
  return [
    replyIntake,
    ...offRoutes(sequenceOff),
    route({
      method: 'GET',
      path: '/sequences/counts',
      summary: 'How many are in each sequence, and how many answered',
      tag,
      handle: async ({ ctx }) => ({ items: await sequenceCounts(ctx) }),
    }),
    route({
      method: 'GET',
      path: '/sequences/{id}/figures',
      summary: 'How many each step of a sequence reached, and what came of it',
      tag,
      params: idParams,
      handle: async ({ ctx, params }) => ({ items: await stepFigures(ctx, params.id) }),
    }),
    route({
      method: 'GET',
      path: '/opportunities/{id}/playbook',
      summary: 'What the stage of an opportunity recommends, with its texts filled in',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => playbookOf(ctx, params.id),
    }),
    route({
      method: 'GET',
      path: '/tasks/{id}/sequence-step',
      summary: 'Whether a task is a step of a sequence, and of which',
      tag,
      params: idParams,
      async handle({ ctx, params }) {
        const task = await readRecord(ctx, 'task', params.id);
        const { rows } = await sql<TaskStep & { contact: string | null; customer: string | null }>`
          select t.id as run, x.action, null as email, k.contact_id as contact, k.customer_id as customer
          from sequence_touch x join task k on k.id = x.task_id
            left join sequence_run t on t.id = x.run_id and t.deleted_at is null and ${runsSeen(ctx)}
          where x.task_id = ${task.id}`.execute(ctx.db);
        const step = rows[0];
        if (!step) return { step: null };
        const seen = async (type: string, id: string | null) =>
          id && ctx.policies.for(type).can('read')
            ? await readRecord(ctx, type, id).then(
                ({ email }) => (typeof email === 'string' && !email.includes('*') ? email : null),
                () => null,
              )
            : null;
        const email = (await seen('contact', step.contact)) ?? (await seen('customer', step.customer));
        return { step: { run: step.run, action: step.action, email } satisfies TaskStep };
      },
    }),
  ];
}

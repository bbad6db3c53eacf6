import { sql } from 'kysely';
import { systemContext } from '../../../platform/context/services.ts';
import { defineSubscriber } from '../../../platform/events/subscriber.ts';
import { wakeAt } from './wake.ts';

/** Tasks are another module's: what has to be called to mind of them is learned from their events. */
export const taskWatch = defineSubscriber({
  name: 'work.taskWatch',
  events: ['task.created', 'task.updated', 'task.restored'],
  async handle(services, batch) {
    const ctx = await systemContext(services, { kind: 'system' });
    const ids = [...new Set(batch.flatMap(({ recordIds }) => recordIds))];
    const { rows } = await sql<{ at: string }>`select distinct at from task,
      lateral (values (remind_at), (escalate_at)) as moment(at)
      where id = any(${ids}::uuid[]) and status = 'open' and deleted_at is null and at > ${ctx.now}`.execute(
      ctx.db,
    );
    await wakeAt(
      ctx,
      rows.map(({ at }) => at),
    );
  },
});

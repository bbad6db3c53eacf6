import { sql } from 'kysely';
import { systemContext } from '../../../platform/context/services.ts';
import { emit } from '../../../platform/events/events.ts';
import { defineSubscriber } from '../../../platform/events/subscriber.ts';

/** Whoever joins or leaves a team is told like by any share: open pages look anew at what he may see. */
export const teamLive = defineSubscriber({
  name: 'network.team',
  events: ['teamMember.created', 'teamMember.updated', 'teamMember.deleted', 'teamMember.restored'],
  async handle(services, batch) {
    const ctx = await systemContext(services, { kind: 'system', reason: 'team' });
    const ids = [...new Set(batch.flatMap(({ recordIds }) => recordIds))];
    const { rows } = await sql<{ customer: string; member: string; there: boolean }>`
      select customer_id as customer, user_id as member, deleted_at is null as there from team_member
      where id = any(${ids}::uuid[]) order by id`.execute(ctx.db);
    if (rows.length === 0) return;
    await emit(
      ctx,
      ...rows.map(({ customer, member, there }) => ({
        name: there ? 'customer.shared' : 'customer.unshared',
        entity: 'customer',
        recordIds: [customer],
        payload: { user: member, department: null },
      })),
    );
  },
});

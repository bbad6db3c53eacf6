import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { changeRows, deleteRecord, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { defineSubscriber } from '../../../platform/events/subscriber.ts';

/** What binds a person goes along when he changes to another customer; what came to bind him to himself by a merge goes. */
export const tiesFollow = defineSubscriber({
  name: 'network.ties',
  events: ['contact.updated', 'contact.merged'],
  async handle(services, batch) {
    const ctx = asSystem(await systemContext(services, { kind: 'system', reason: 'ties' }), 'ties');
    const people = [...new Set(batch.flatMap(({ recordIds }) => recordIds))];
    await moveAlong(ctx, 'tie', 'from_id', people);
    await moveAlong(ctx, 'acquaintance', 'contact_id', people);
    const { rows } = await sql<{ id: string }>`select id from tie
      where from_id = any(${people}::uuid[]) and from_id = to_id and deleted_at is null`.execute(ctx.db);
    for (const { id } of rows) await deleteRecord(ctx, 'tie', id, null);
  },
});

async function moveAlong(ctx: Context, name: string, end: string, people: readonly string[]): Promise<void> {
  const { rows: astray } = await sql<{ id: string; customer: string }>`
    select r.id, c.customer_id as customer from ${sql.table(name)} r join contact c on c.id = ${sql.ref(`r.${end}`)}
    where c.id = any(${people}::uuid[]) and r.deleted_at is null and c.customer_id is not null
      and r.customer_id is distinct from c.customer_id`.execute(ctx.db);
  if (astray.length === 0) return;
  const entity = entityNamed(ctx.registry, name);
  const customers = new Map(astray.map(({ id, customer }) => [id, customer]));
  await inTransaction(ctx, async (inner) => {
    const roots = [...new Set(customers.values())];
    const rows = await lockRows(inner, entity, [...customers.keys()], { roots });
    const changes = rows.map((row) => ({ row, values: { customer: customers.get(row.id as string) } }));
    await changeRows(inner, entity, changes);
  });
}

import { sql } from 'kysely';
import { defineFacts } from '../../platform/facts/fact.ts';

/**
 * When a customer was last in contact with us. Only a contact with content counts: an empty call keeps no customer from
 * being recycled (practice), and a note is no contact.
 */
export const contactFacts = defineFacts({
  name: 'contact',
  entity: 'customer',
  fields: {
    lastContactAt: { kind: 'instant', filterable: true, sortable: true, group: 'relation' },
  },
  events: ['activity.created', 'activity.updated', 'activity.deleted', 'activity.restored'],
  through: { activity: 'customer' },
  compute: (_ctx, ids) => sql`select customer_id as id, max(occurred_at) as last_contact_at from activity
    where customer_id = any(${ids}::uuid[]) and deleted_at is null and kind <> 'note'
      and (coalesce(content, '') <> '' or coalesce(subject, '') <> '') group by customer_id`,
});

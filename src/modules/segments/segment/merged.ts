import { sql } from 'kysely';
import { defineSubscriber } from '../../../platform/events/subscriber.ts';

/** Frozen segments name the record that remains of those that became one; refreshing them takes a merge's undoing in. */
export const segmentsAfterMerge = defineSubscriber({
  name: 'segments.merge',
  events: ['customer.merged', 'contact.merged'],
  async handle({ db }, batch) {
    for (const { recordIds, payload } of batch) {
      const [into] = recordIds;
      const from = payload.from as string[];
      await sql`with gone as (delete from segment_member where record_id = any(${from}::uuid[]) returning segment_id),
        put as (insert into segment_member (segment_id, record_id) select distinct segment_id, ${into}::uuid from gone
          on conflict do nothing)
        update segment s set member_count = (select count(*) from (
            select record_id from segment_member m where m.segment_id = s.id and not m.record_id = any(${from}::uuid[])
            union select ${into}::uuid) members)
        where s.id in (select segment_id from gone)`.execute(db);
    }
  },
});

import { sql } from 'kysely';
import { defineSubscriber } from '../../../platform/events/subscriber.ts';

/**
 * Whoever wished to be left alone under one of two names is left alone under the one that remains, and the days on which
 * either was greeted stay taken. Taking a merge apart keeps both: a greeting too few does no harm.
 */
export const careAfterMerge = defineSubscriber({
  name: 'care.merge',
  events: ['customer.merged', 'contact.merged'],
  async handle({ db }, batch) {
    for (const { recordIds, payload } of batch) {
      const [into] = recordIds;
      const from = payload.from as string[];
      await sql`insert into care_preference (record_id, off)
        select ${into}, bool_or(off) from care_preference where record_id = any(${from}::uuid[]) having count(*) > 0
        on conflict (record_id) do update set off = care_preference.off or excluded.off`.execute(db);
      await sql`insert into care_day (person_id, day, use, item_id)
        select distinct on (day, use) ${into}::uuid, day, use, item_id from care_day where person_id = any(${from}::uuid[])
        order by day, use, person_id on conflict do nothing`.execute(db);
    }
  },
});

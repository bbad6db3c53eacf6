import { sql } from 'kysely';
import { defineSubscriber } from '../../../platform/events/subscriber.ts';

/** What was judged of a customer goes over to the record it has become one with; signed sheets stay as they are. */
export const formsAfterMerge = defineSubscriber({
  name: 'forms.merge',
  events: ['customer.merged'],
  async handle({ db }, batch) {
    for (const { recordIds, payload } of batch) {
      const [into] = recordIds;
      const from = payload.from as string[];
      await sql`insert into customer_form_cell (form_id, row_key, column_name, value, by, at)
        select distinct on (form_id, column_name) form_id, ${into}, column_name, value, by, at from customer_form_cell
        where row_key = any(${from}::text[]) order by form_id, column_name, at desc on conflict do nothing`.execute(
        db,
      );
      await sql`insert into customer_form_mark (form_id, customer_id, put, by, at)
        select distinct on (form_id) form_id, ${into}::uuid, put, by, at from customer_form_mark
        where customer_id = any(${from}::uuid[]) order by form_id, at desc on conflict do nothing`.execute(
        db,
      );
    }
  },
});

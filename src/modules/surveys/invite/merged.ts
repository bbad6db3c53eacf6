import { sql } from 'kysely';
import { defineSubscriber } from '../../../platform/events/subscriber.ts';

/** Links of somebody who has become one with another are the other's; who has one of his own already keeps that. */
export const invitesAfterMerge = defineSubscriber({
  name: 'surveys.merge',
  events: ['customer.merged', 'contact.merged'],
  async handle({ db }, batch) {
    for (const { name, recordIds, payload } of batch) {
      const [into] = recordIds;
      const from = payload.from as string[];
      const column = sql.ref(name.startsWith('customer') ? 'customer_id' : 'contact_id');
      for (const id of from)
        await sql`update survey_invite i set ${column} = ${into} where ${column} = ${id}
          and not exists (select from survey_invite o where o.survey_id = i.survey_id and o.person_id = ${into}
            and i.person_id = ${id})`.execute(db);
    }
  },
});

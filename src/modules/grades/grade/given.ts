import { type RawBuilder, sql } from 'kysely';

/**
 * What a customer has been given by a scheme, to be joined to a row that names both. Looked up by the customer, who has few:
 * of a scheme just begun the planner believes that it has hardly any grades, and would read all of them for every customer.
 */
export const givenGrade = (scheme: RawBuilder<unknown>, customer: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`lateral (select * from (select * from customer_grade where customer_id = ${customer} offset 0) own
    where scheme_id = ${scheme})`;

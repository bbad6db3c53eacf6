import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * Whether a customer had been let go or blocked by a moment, as one condition of SQL. It reads what was written down then, so
 * that taking the customer up again later changes nothing.
 */
export const givenUpBefore = (
  customer: RawBuilder<unknown>,
  at: RawBuilder<unknown>,
): RawBuilder<SqlBool> => sql`coalesce((select a.action <> 'reinstate' from audit_entry a
  where a.record_id = ${customer} and a.action in ('abandon', 'block', 'reinstate') and a.at < ${at}
  order by a.id desc limit 1), false)`;

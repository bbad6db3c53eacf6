import { sql } from 'kysely';
import type { Cause, Context } from '../../../platform/context/context.ts';
import { contextFor, type Services } from '../../../platform/context/services.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { chooseLanguage } from '../../../platform/i18n/translations.ts';
import { actingPerson } from '../services.ts';

/**
 * The circumstances of an active person, with the rights he has now, for work done in his name where no request tells
 * it: jobs and the command line. Throws `not_found` for a stranger and for people who are not active.
 */
export async function personContext(
  services: Services,
  who: { id: string } | { mail: string },
  cause: Cause,
): Promise<Context> {
  const { rows } = await sql<{
    id: string;
    roleIds: string[];
    departmentId: string | null;
    language: string | null;
    timeZone: string | null;
    policyVersion: string;
    hasShares: boolean;
  }>`select u.id, u.role_ids as "roleIds", u.department_id as "departmentId", p.version::text as "policyVersion",
      coalesce(u.language, c.value->>'language') as language, coalesce(u.time_zone, c.value->>'timeZone') as "timeZone",
      exists (select from active_share h where h.user_id = u.id or h.department_id = u.department_id) as "hasShares"
    from "user" u cross join policy_state p left join setting c on c.key = 'company'
    where ${'id' in who ? sql`u.id = ${who.id}` : sql`lower(u.email) = lower(${who.mail})`}
      and u.status = 'active' and u.deleted_at is null`.execute(services.db);
  const person = rows[0];
  if (!person) throw notFound('user');
  const { id, language, timeZone, ...rest } = person;
  return contextFor(services, {
    ...actingPerson(id, cause, chooseLanguage(language)),
    ...rest,
    ...(timeZone ? { timeZone } : {}),
  });
}

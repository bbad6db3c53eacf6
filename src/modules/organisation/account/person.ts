import { sql } from 'kysely';
import type { Db } from '../../../platform/context/context.ts';

/** A person as far as signing in is concerned. */
export interface Person {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  username: string | null;
  status: 'active' | 'invited' | 'deactivated' | 'waiting';
  hasPassword: boolean;
  passwordAgeDays: number | null;
  twoFactor: boolean;
}

const COLUMNS = sql`u.id, u.name, u.email, u.phone, u.username, u.status,
  coalesce(a.password is not null, false) as "hasPassword",
  (extract(epoch from now() - a."passwordChangedAt") / 86400)::float8 as "passwordAgeDays",
  coalesce(b."twoFactorEnabled", false) as "twoFactor"`;
const FROM = sql`"user" u
  left join auth."user" b on b.id = u.id
  left join auth.account a on a."userId" = u.id and a."providerId" = 'credential'`;

/** The person who signs in with this mail, phone number or user name, in this order, whatever the spelling. */
export async function findByLogin(db: Db, login: string): Promise<Person | null> {
  const text = login.trim().toLowerCase();
  if (!text || text.length > 200) return null;
  const digits = /^[+\d\s()-]{5,}$/.test(text) ? text : null;
  const { rows } = await sql<Person>`
    select ${COLUMNS} from (
      select id, 1 as rank from "user" where lower(email) = ${text} and deleted_at is null
      union all
      select id, 2 from "user" where phone_digits(phone) = phone_digits(${digits}::text) and deleted_at is null
      union all
      select id, 3 from "user" where lower(username) = ${text} and deleted_at is null
    ) found join ${FROM} on u.id = found.id
    order by found.rank limit 1`.execute(db);
  return rows[0] ?? null;
}

export async function findPerson(db: Db, id: string): Promise<Person | null> {
  const { rows } = await sql<Person>`
    select ${COLUMNS} from ${FROM} where u.id = ${id} and u.deleted_at is null`.execute(db);
  return rows[0] ?? null;
}

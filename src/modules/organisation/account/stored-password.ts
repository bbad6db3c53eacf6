import { sql } from 'kysely';
import type { Db } from '../../../platform/context/context.ts';
import type { LazyAuth } from './library.ts';
import { internalMail } from './names.ts';

/** A password as the sign-in library keeps it; takes some 50 ms of work, so not within a transaction. */
export async function hashPassword(auth: LazyAuth, password: string): Promise<string> {
  const { password: library } = await (await auth()).$context;
  return library.hash(password);
}

/** Gives a person a login with this password, or replaces it; his sessions end. In the caller's transaction. */
export async function storePassword(
  db: Db,
  person: { id: string; name: string },
  hash: string,
): Promise<void> {
  const { id, name } = person;
  await sql`insert into auth."user" (id, name, email, "emailVerified") values (${id}, ${name}, ${internalMail(id)}, true)
    on conflict (id) do update set name = excluded.name, "updatedAt" = now()`.execute(db);
  await sql`insert into auth.account ("accountId", "providerId", "userId", password, "updatedAt")
    values (${id}, 'credential', ${id}, ${hash}, now())
    on conflict ("providerId", "accountId") do update set password = excluded.password, "updatedAt" = now()`.execute(
    db,
  );
  await sql`delete from auth.session where "userId" = ${id}`.execute(db);
}

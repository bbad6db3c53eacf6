import { sql } from 'kysely';
import type { Cause, Context, Db } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { titlesOf } from '../entity/titles.ts';
import type { Entity } from '../entity/types.ts';
import { ProblemError } from '../errors/problem.ts';

/** The circumstances of another person, to see with his rights. */
export type PersonContext = (services: Services, who: { id: string }, cause: Cause) => Promise<Context>;

/** Whether someone follows a record: by his own word, else because it is his. */
export async function isFollowing(ctx: Context, entity: Entity, id: string): Promise<boolean> {
  const { userId } = ctx.principal;
  return userId !== null && (await followersOf(ctx.db, entity, [id])).get(id)?.has(userId) === true;
}

/** Follows a record from now on, or no longer. */
export async function setFollowing(
  ctx: Context,
  entity: Entity,
  id: string,
  following: boolean,
): Promise<void> {
  await sql`insert into follow (user_id, entity, record_id, following)
    values (${ctx.principal.userId}, ${entity.name}, ${id}, ${following})
    on conflict (record_id, user_id) do update set following = excluded.following, at = now()`.execute(
    ctx.db,
  );
}

/** People who take part in a record follow it, unless they have said that they do not want to. */
export async function joinFollowers(
  ctx: Context,
  entity: Entity,
  id: string,
  users: readonly string[],
): Promise<void> {
  await sql`insert into follow (user_id, entity, record_id, following)
    select u, ${entity.name}, ${id}, true from unnest(${[...new Set(users)].sort()}::uuid[]) u
    on conflict (record_id, user_id) do nothing`.execute(ctx.db);
}

/** Who follows these records: whoever chose to or takes part, and their owner; without those who chose not to. */
export async function followersOf(
  db: Db,
  entity: Entity,
  ids: readonly string[],
): Promise<Map<string, Set<string>>> {
  const chosen = await sql<{ record_id: string; user_id: string; following: boolean }>`
    select record_id, user_id, following from follow where record_id = any(${[...ids]}::uuid[])`.execute(db);
  const followers = new Map(ids.map((id) => [id, new Set<string>()]));
  if (entity.fields.owner) {
    const owners = await sql<{ id: string; owner_id: string | null }>`select id, owner_id
      from ${sql.table(entity.table)} where id = any(${[...ids]}::uuid[])`.execute(db);
    for (const { id, owner_id } of owners.rows) if (owner_id) followers.get(id)?.add(owner_id);
  }
  for (const { record_id, user_id, following } of chosen.rows) {
    const set = followers.get(record_id);
    if (following) set?.add(user_id);
    else set?.delete(user_id);
  }
  return followers;
}

/** Of these people, those who may read the record today. */
export async function readersAmong(
  services: Services,
  personContext: PersonContext,
  entity: string,
  id: string,
  users: readonly string[],
): Promise<Set<string>> {
  const seen = await Promise.all(
    users.map(async (user) => {
      const ctx = await contextOrNone(services, personContext, user);
      // What the house says among itself reaches nobody outside.
      const inside = ctx && !ctx.policies.outsider;
      return inside && (await titlesOf(ctx, new Map([[entity, new Set([id])]]))).has(id) ? [user] : [];
    }),
  );
  return new Set(seen.flat());
}

/** Of these records, those a person may read today. */
export async function readableBy(
  services: Services,
  personContext: PersonContext,
  user: string,
  entity: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const ctx = await contextOrNone(services, personContext, user);
  return new Set(ctx ? (await titlesOf(ctx, new Map([[entity, new Set(ids)]]))).keys() : []);
}

async function contextOrNone(
  services: Services,
  personContext: PersonContext,
  id: string,
): Promise<Context | null> {
  try {
    return await personContext(services, { id }, { kind: 'job' });
  } catch (error) {
    // Not active any more.
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Entity } from '../entity/types.ts';

/** What was said about records that become one stands at the survivor, and who followed them follows it. */
export async function takeComments(
  ctx: Context,
  entity: Entity,
  into: string,
  sources: readonly string[],
): Promise<void> {
  const from = sql`entity = ${entity.name} and record_id = any(${[...sources]}::uuid[])`;
  await sql`update comment set former = former || record_id, record_id = ${into} where ${from}`.execute(
    ctx.db,
  );
  await sql`insert into follow (user_id, entity, record_id, following)
    select distinct user_id, entity, ${into}::uuid, true from follow where ${from} and following
    order by user_id on conflict do nothing`.execute(ctx.db);
}

/** Gives the comments back to the records they stood at, when these come apart again. */
export async function returnComments(
  ctx: Context,
  entity: Entity,
  into: string,
  sources: readonly string[],
): Promise<void> {
  await sql`update comment set record_id = former[cardinality(former)], former = trim_array(former, 1)
    where entity = ${entity.name} and record_id = ${into} and former[cardinality(former)] = any(${[...sources]}::uuid[])`.execute(
    ctx.db,
  );
}

import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Entity } from '../entity/types.ts';

/** What was decided of records that become one stands at the survivor, and what is still to be decided is about it. */
export async function takeApprovals(
  ctx: Context,
  entity: Entity,
  into: string,
  sources: readonly string[],
): Promise<void> {
  await sql`update approval set former = former || record_id, record_id = ${into}
    where entity = ${entity.name} and record_id = any(${[...sources]}::uuid[])`.execute(ctx.db);
}

/** Gives the approvals back to the records they were about, when these come apart again. */
export async function returnApprovals(
  ctx: Context,
  entity: Entity,
  into: string,
  sources: readonly string[],
): Promise<void> {
  await sql`update approval set record_id = former[cardinality(former)], former = trim_array(former, 1)
    where entity = ${entity.name} and record_id = ${into} and former[cardinality(former)] = any(${[...sources]}::uuid[])`.execute(
    ctx.db,
  );
}

import { sql } from 'kysely';
import { takenOut } from '../access/taken.ts';
import { needsApproval } from '../approvals/start.ts';
import type { Context } from '../context/context.ts';
import { forbidden, problem } from '../errors/problem.ts';

/**
 * Asks whether what a record tells may leave the house as a table: as any export does, of what the caller may take out, and where that is
 * decided by approval no other way. @throws `export_forbidden`, `export_needs_approval`
 */
export async function requireLeave(ctx: Context, entity: string, id: string): Promise<void> {
  const policy = ctx.policies.for(entity);
  if (!policy.can('export')) throw forbidden('export_forbidden');
  const { rows } = await sql`select from ${sql.table(policy.entity.table)} t
    where t.id = ${id} and ${takenOut(policy, ctx.principal)}`.execute(ctx.db);
  if (rows.length === 0) throw forbidden('export_forbidden');
  if (await needsApproval(ctx, 'export')) throw problem('export_needs_approval', { status: 409 });
}

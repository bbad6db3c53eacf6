import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { forbidden, invalid } from '../../../platform/errors/problem.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { auditSettings } from '../../../platform/settings/setting.ts';
import { type CostRules, costRules, DEFAULT_RULES, type RuleVersion } from './definition.ts';
import { COST_JOB } from './names.ts';

/** All versions of the rules, oldest first; what the product begins with is not among them. */
export async function ruleVersions(ctx: Pick<Context, 'db'>): Promise<RuleVersion[]> {
  const { rows } = await sql<{
    from: string;
    rules: CostRules;
  }>`select valid_from as "from", definition as rules
    from cost_rule order by valid_from`.execute(ctx.db);
  return rows.map(({ from, rules }) => ({ from, rules: { ...DEFAULT_RULES, ...rules } }));
}

export const rulesInput = z.strictObject({ from: z.iso.date(), rules: costRules });

/**
 * Changes the rules from a day on; administrators only. Costs of that day and later are reckoned anew by a job, earlier ones
 * stay. Versions of later days would hide the change and are refused.
 */
export async function saveRules(
  ctx: Context,
  { from, rules }: z.infer<typeof rulesInput>,
): Promise<{ jobId: string }> {
  if (!ctx.policies.administrator) throw forbidden();
  return inTransaction(ctx, async (inner) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('cost_rule', 0))`.execute(inner.db);
    const versions = await ruleVersions(inner);
    const later = versions.find((version) => version.from > from);
    if (later) throw invalid([{ path: 'from', code: 'cost_rules_later', params: { day: later.from } }]);
    await requireDepartments(inner, rules);
    await sql`insert into cost_rule (valid_from, definition, updated_by)
      values (${from}::date, ${JSON.stringify(rules)}::jsonb, ${inner.principal.userId})
      on conflict (valid_from) do update set definition = excluded.definition, updated_at = now(),
        updated_by = excluded.updated_by`.execute(inner.db);
    await auditSettings(inner, { costRules: { before: versions.at(-1) ?? null, after: { from, rules } } });
    return { jobId: await addJob(inner, COST_JOB, { from }, { entity: 'costEntry' }) };
  });
}

async function requireDepartments(ctx: Context, { departments }: CostRules): Promise<void> {
  const ids = departments.map(({ department }) => department);
  const { rows } = await sql<{ id: string }>`select id from department
    where id = any(${ids}::uuid[]) and deleted_at is null`.execute(ctx.db);
  const known = new Set(rows.map(({ id }) => id));
  const missing = ids.findIndex((id) => !known.has(id));
  if (missing >= 0)
    throw invalid([{ path: `rules.departments.${missing}.department`, code: 'unknown_reference' }]);
}

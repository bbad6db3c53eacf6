import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context, Db } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { addJob } from '../../../platform/jobs/job.ts';

export const coverageSettings = z.strictObject({
  /** Days without contact until a customer counts as silent. */
  silentDays: z.int().min(7).max(730),
  /** Warn of key accounts only: customers with a team. */
  keyAccountsOnly: z.boolean(),
});
export type CoverageSettings = z.infer<typeof coverageSettings>;

export const DEFAULTS: CoverageSettings = { silentDays: 60, keyAccountsOnly: false };
/** The key of the company's settings. */
export const COVERAGE_SETTINGS = 'network.coverage';

/** When the company wants to be warned. */
export async function readCoverageSettings(db: Db): Promise<CoverageSettings> {
  const { rows } = await sql<{
    value: Partial<CoverageSettings>;
  }>`select value from setting where key = ${COVERAGE_SETTINGS}`.execute(db);
  return { ...DEFAULTS, ...rows[0]?.value };
}

/** New thresholds hold for all customers: their warnings are derived anew. */
export async function saveCoverageSettings(ctx: Context, after: CoverageSettings): Promise<CoverageSettings> {
  return inTransaction(ctx, async (inner) => {
    const before = await readCoverageSettings(inner.db);
    await sql`insert into setting (key, value, updated_at, updated_by)
      values (${COVERAGE_SETTINGS}, ${JSON.stringify(after)}::jsonb, ${inner.now}, ${inner.principal.userId})
      on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`.execute(
      inner.db,
    );
    await writeAudit(inner, {
      action: 'settings_changed',
      entity: 'setting',
      recordId: null,
      changes: { coverage: { before, after } },
    });
    await addJob(inner, 'facts.rebuild', { names: ['coverage'] }, { key: 'coverage' });
    return after;
  });
}

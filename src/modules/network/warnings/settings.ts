import { z } from 'zod';
import type { Context, Db } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { settingWithDefaults } from '../../../platform/settings/setting.ts';

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

const setting = settingWithDefaults(COVERAGE_SETTINGS, DEFAULTS);

/** When the company wants to be warned. */
export const readCoverageSettings = (db: Db): Promise<CoverageSettings> => setting.read(db);

/** New thresholds hold for all customers: their warnings are derived anew. */
export async function saveCoverageSettings(ctx: Context, next: CoverageSettings): Promise<CoverageSettings> {
  return inTransaction(ctx, async (inner) => {
    const after = await setting.change(inner, next, 'coverage');
    await addJob(inner, 'facts.rebuild', { names: ['coverage'] }, { key: 'coverage' });
    return after;
  });
}

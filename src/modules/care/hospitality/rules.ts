import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { forbidden, invalid } from '../../../platform/errors/problem.ts';
import { DEFAULT_LIMITS } from '../closeness/rule.ts';
import { DEFAULT_RULES } from './cap.ts';

const KEY = 'care';
const share = z.string().regex(/^0(\.\d{1,6})?$/);
const amount = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/);

export const careSettings = z.strictObject({
  lowShare: share,
  highShare: share,
  allowance: amount,
  closeness: z.strictObject({
    minSpend: amount,
    risePercent: z.int().min(0).max(1000),
    personPercent: z.int().min(1).max(100),
  }),
});
export type CareSettings = z.infer<typeof careSettings>;

/** What the company allows; defaults where nobody said anything. */
export async function readRules(ctx: Pick<Context, 'db'>): Promise<CareSettings> {
  const { rows } = await sql<{
    value: Partial<CareSettings>;
  }>`select value from setting where key = ${KEY}`.execute(ctx.db);
  return { ...DEFAULT_RULES, closeness: DEFAULT_LIMITS, ...rows[0]?.value };
}

/** Changes it; administrators only. */
export async function writeRules(ctx: Context, next: CareSettings): Promise<CareSettings> {
  if (!ctx.policies.administrator) throw forbidden();
  if (Number(next.lowShare) > Number(next.highShare))
    throw invalid([{ path: 'lowShare', code: 'care_shares_crossed' }]);
  return inTransaction(ctx, async (inner) => {
    const before = await readRules(inner);
    await sql`insert into setting (key, value, updated_by) values (${KEY}, ${JSON.stringify(next)}::jsonb,
      ${inner.principal.userId}) on conflict (key) do update set value = excluded.value, updated_at = now(),
      updated_by = excluded.updated_by`.execute(inner.db);
    await writeAudit(inner, {
      action: 'settings_changed',
      entity: 'setting',
      recordId: null,
      changes: { care: { before, after: next } },
    });
    return next;
  });
}

import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { forbidden } from '../../../platform/errors/problem.ts';

const KEY = 'value';
const amount = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/);
const weight = z.int().min(0).max(100);

export const valueWeights = z.strictObject({
  /** Parts of the demonstration score. */
  influence: weight,
  showcase: weight,
  /** What the best example to its trade is worth in a year. */
  demonstration: amount,
  /** What the best word of mouth is worth in a year. */
  wordOfMouth: amount,
  /** What a customer that came by recommendation saves: the cost of winning it. */
  perReferral: amount,
});
export type ValueWeights = z.infer<typeof valueWeights>;

const DEFAULTS: ValueWeights = {
  influence: 60,
  showcase: 40,
  demonstration: '20000',
  wordOfMouth: '10000',
  perReferral: '2000',
};

/** What judgements are worth in money; defaults where nobody said anything. */
export async function readWeights(ctx: Pick<Context, 'db'>): Promise<ValueWeights> {
  const { rows } = await sql<{
    value: Partial<ValueWeights>;
  }>`select value from setting where key = ${KEY}`.execute(ctx.db);
  return { ...DEFAULTS, ...rows[0]?.value };
}

/** Changes it; administrators only. Values are reckoned when they are looked at, so this holds at once. */
export async function writeWeights(ctx: Context, next: ValueWeights): Promise<ValueWeights> {
  if (!ctx.policies.administrator) throw forbidden();
  return inTransaction(ctx, async (inner) => {
    const before = await readWeights(inner);
    await sql`insert into setting (key, value, updated_by) values (${KEY}, ${JSON.stringify(next)}::jsonb,
      ${inner.principal.userId}) on conflict (key) do update set value = excluded.value, updated_at = now(),
      updated_by = excluded.updated_by`.execute(inner.db);
    await writeAudit(inner, {
      action: 'settings_changed',
      entity: 'setting',
      recordId: null,
      changes: { value: { before, after: next } },
    });
    return next;
  });
}

import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import type { CoverageAnswer } from './coverage.shared.ts';
import { coverageOf, type Warning } from './facts.ts';
import { readCoverageSettings } from './settings.ts';

/** The warnings about a customer as it stands now, with what each is judged by. */
export async function coverageFor(ctx: Context, asked: string): Promise<CoverageAnswer> {
  const { id } = await readRecord(ctx, 'customer', asked);
  const policy = ctx.policies.for('customer');
  if (!policy.sees('coverage')) return { warnings: [], silentDays: 0, lastContactAt: null, people: 0 };
  const settings = await readCoverageSettings(ctx.db);
  const { rows } = await sql<{ coverage: Warning[]; people: number; last_at: string | null }>`
    select v.coverage, v.people, v.last_at from (${coverageOf(ctx.now, settings, [id])}) v`.execute(ctx.db);
  const [row] = rows;
  return {
    warnings: row?.coverage ?? [],
    silentDays: settings.silentDays,
    lastContactAt: policy.sees('lastContactAt') ? (row?.last_at ?? null) : null,
    people: row?.people ?? 0,
  };
}

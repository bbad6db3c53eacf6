import type { Context } from '../../../platform/context/context.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import type { PeriodKind } from '../../../platform/time/period.shared.ts';
import type { Scheme } from './compute.ts';
import type { Definition } from './definition.ts';

/** A scheme the caller may read. */
export async function schemeNamed(ctx: Context, id: string): Promise<Scheme> {
  const record = await readRecord(ctx, 'assessmentScheme', id);
  const { name, period, departments, definition } = record as unknown as {
    name: string;
    period: PeriodKind;
    departments: { id: string }[] | null;
    definition: Definition;
  };
  return { id, name, period, departments: (departments ?? []).map((each) => each.id), definition };
}

/** Whether the caller may close periods, or open them again. */
export const mayLock = (ctx: Context, what: 'lock' | 'unlock'): boolean =>
  ctx.policies.administrator || ctx.policies.for('assessmentScheme').hasCommand(what);

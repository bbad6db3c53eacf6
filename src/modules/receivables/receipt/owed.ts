import type { Context } from '../../../platform/context/context.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { mayTell } from '../figures/open-items.ts';
import { type Owed, owedBy } from '../figures/owed.ts';

/** What whoever paid a receipt has open, in the reader's sight. */
export async function owedOf(ctx: Context, id: string): Promise<Owed[]> {
  const { customer } = await readRecord(ctx, 'receipt', id);
  if (!mayTell(ctx)) throw forbidden();
  const paying = (customer as { id: string } | null | undefined)?.id;
  return paying ? owedBy(ctx, [paying]) : [];
}

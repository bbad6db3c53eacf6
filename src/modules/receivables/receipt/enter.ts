import type { Context } from '../../../platform/context/context.ts';
import { makeDecided } from '../../../platform/entity/decided.ts';

/** Enters a receipt with what only commands set of it. @returns its id */
export async function enterReceipt(
  ctx: Context,
  values: Record<string, unknown>,
  set: Record<string, unknown>,
): Promise<string> {
  const [id] = await makeDecided(ctx, 'receipt', [values], [set]);
  return id as string;
}

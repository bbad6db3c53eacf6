import type { Context } from '../../../platform/context/context.ts';
import type { WireRecord } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { blueLines, leftOf } from './red.ts';

/** The lines of an invoice as the reader sees them, with what of each may still be taken back. */
export async function leftLines(
  ctx: Context,
  id: string,
): Promise<{ id: string; name: string; left: string }[]> {
  const record = await readRecord(ctx, 'invoice', id);
  const left = new Map((await blueLines(ctx, id)).map((line) => [line.id, leftOf(line)]));
  return ((record.lines ?? []) as WireRecord[]).flatMap((line) => {
    const some = left.get(line.id) ?? '0';
    return Number(some) > 0 ? [{ id: line.id, name: String(line.name ?? ''), left: some }] : [];
  });
}

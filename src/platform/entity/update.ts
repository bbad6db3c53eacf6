import type { Context } from '../context/context.ts';
import { moveKeys } from '../duplicates/store.ts';
import { convertingFor } from '../rates/convert.ts';
import type { Row } from './behaviour.ts';
import { followRoot } from './follow-root.ts';
import { partsChange } from './parts/check.ts';
import { writeParts } from './parts/write.ts';
import { recordChanges } from './record-changes.ts';
import { writeChanges } from './rows.ts';
import type { ScopedDraft, Stored, StoreOptions } from './stored.ts';
import type { Entity } from './types.ts';

/** Writes changes; drafts that change nothing are left alone. Rows changed meanwhile are the caller's to exclude by lock. */
export async function updateDrafts(
  ctx: Context,
  entity: Entity,
  drafts: ScopedDraft[],
  options: StoreOptions & { action?: string } = {},
): Promise<Stored[]> {
  const converting = await convertingFor(ctx, entity, drafts);
  const also = (draft: ScopedDraft['draft']) => partsChange(entity, draft);
  const all = await writeChanges(ctx, entity, drafts, converting, also);
  await writeParts(ctx, entity, all, converting);
  await moveKeys(
    ctx,
    entity,
    all.map(({ draft, row }) => ({ before: draft.before as Row, after: row })),
  );
  await followRoot(ctx, entity, all);
  await recordChanges(ctx, entity, all, options.action ?? 'update', 'updated', options);
  return all;
}

import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import type { Row } from '../entity/behaviour.ts';
import { fromColumns } from '../entity/columns.ts';
import { changeRows } from '../entity/records.ts';
import type { Entity, Field } from '../entity/types.ts';
import type { Conflict, MergeRecord } from './undo.ts';

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * Gives the survivor back what it had before the merge, wherever nobody has changed it since. Of lists what the merge added is
 * taken out; what came since stays.
 */
export async function revertValues(
  ctx: Context,
  entity: Entity,
  survivor: Row,
  given: MergeRecord['given'],
  which: (field: Field) => boolean,
): Promise<Conflict[]> {
  const conflicts: Conflict[] = [];
  let values: Record<string, unknown> = {};
  for (const [name, { before, after }] of Object.entries(given)) {
    const field = entity.fields[name];
    if (!field || !which(field)) continue;
    const now = fromColumns(field, survivor);
    if (same(now, after)) values[name] = before;
    else if (Array.isArray(now))
      values[name] = withoutAdded(now, (before ?? []) as unknown[], (after ?? []) as unknown[]);
    else conflicts.push({ entity: entity.name, id: survivor.id as string, field: name, code: 'changed' });
  }
  const change = () => changeRows(ctx, entity, [{ row: survivor, values }], { action: 'unmerge' });
  let { drafts, stored } = await change();
  const problems = drafts[0]?.problems ?? [];
  if (problems.length) {
    // What it had before can be no more: what it referred to is gone, say.
    const bad = new Set(problems.map(({ path }) => path.split('.')[0] as string));
    for (const field of bad)
      conflicts.push({ entity: entity.name, id: survivor.id as string, field, code: 'changed' });
    values = Object.fromEntries(Object.entries(values).filter(([name]) => !bad.has(name)));
    ({ drafts, stored } = await change());
  }
  if (stored.length === 0)
    await writeAudit(ctx, { action: 'unmerge', entity: entity.name, recordId: survivor.id as string });
  return conflicts;
}

/** What the list holds now, less what the merge brought, with what the merge took away back in it. */
function withoutAdded(
  now: readonly unknown[],
  before: readonly unknown[],
  after: readonly unknown[],
): unknown[] {
  const added = after.filter((item) => !before.includes(item));
  const removed = before.filter((item) => !after.includes(item));
  return [...new Set([...now.filter((item) => !added.includes(item)), ...removed])];
}

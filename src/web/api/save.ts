import { openConflict } from '../form/conflict.ts';
import { say } from '../i18n/index.ts';
import { toast, toastError } from '../shell/toasts.tsx';
import { ApiError } from './client.ts';
import { queryClient } from './query.ts';
import { putRecord, updateRecord, wireOf } from './records.ts';
import type { MetaEntity, WireRecord } from './types.ts';

/**
 * Saves an edit at once on the screen and behind it on the server. A refusal puts the old value back and says why; a
 * stale save shows both versions. Resolves to the saved record, or null when nothing was changed.
 */
export async function saveEdit(
  entity: MetaEntity,
  record: WireRecord,
  changes: Record<string, unknown>,
  options: { quiet?: boolean } = {},
): Promise<WireRecord | null> {
  putRecord(entity.plural, { ...record, ...changes });
  try {
    const { warnings, ...made } = await updateRecord(entity.plural, record, changes);
    const saved = made as WireRecord;
    putRecord(entity.plural, saved);
    void queryClient.invalidateQueries({ queryKey: ['audit', record.id] });
    if (!options.quiet) offerUndo(entity, record, saved, changes);
    tellWarnings(warnings);
    return saved;
  } catch (error) {
    putRecord(entity.plural, record);
    if (error instanceof ApiError && error.code === 'version_conflict') {
      const current = error.problem.current as WireRecord;
      putRecord(entity.plural, current);
      return openConflict({ entity, base: record, mine: changes, current });
    }
    if (options.quiet) throw error;
    toastError(error);
    return null;
  }
}

/** What was saved, and is to be looked at all the same. */
export function tellWarnings(warnings: readonly { message: string }[] | undefined): void {
  if (warnings?.length) toast(warnings.map(({ message }) => message).join(' '), { life: 10_000 });
}

function offerUndo(
  entity: MetaEntity,
  before: WireRecord,
  saved: WireRecord,
  changes: Record<string, unknown>,
) {
  const old = Object.fromEntries(Object.keys(changes).map((name) => [name, before[name] ?? null]));
  toast(say('saved.one', { title: saved.title }), {
    action: {
      label: say('undo'),
      run: () => {
        // Against the version it made: what others changed since is shown, not overwritten.
        void saveEdit(entity, saved, old, { quiet: true }).catch(toastError);
      },
    },
  });
}

export const sameValue = (a: unknown, b: unknown): boolean =>
  JSON.stringify(wireOf({ v: a ?? null })) === JSON.stringify(wireOf({ v: b ?? null }));

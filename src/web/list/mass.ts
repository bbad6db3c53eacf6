import { remove } from '../api/client.ts';
import { followMass } from '../api/mass.ts';
import {
  dropRecords,
  type MassVerb,
  massAction,
  refreshEntity,
  restoreRecord,
  type Target,
  undoMass,
} from '../api/records.ts';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { say } from '../i18n/index.ts';
import { toast, toastError } from '../shell/toasts.tsx';

/** Takes a mass action back; of many records it runs as a job that the tray shows. */
export function takeBack(entity: MetaEntity, undoId: string): void {
  void undoMass(undoId).then((undone) => {
    if ('jobId' in undone) return followMass(undone.id);
    refreshEntity(entity.plural);
    const { restored, conflicts } = undone;
    const titles = conflicts.map((item) => item.title).join(', ');
    toast(
      say('mass.undone', { count: restored }),
      conflicts.length > 0 ? { detail: say('mass.conflicts', { titles }) } : {},
    );
  }, toastError);
}

/** Runs an action on many records, says what came of it, and offers to take it back; very many go on in the tray. */
export async function runMass(
  entity: MetaEntity,
  action: MassVerb,
  target: Target,
  input: Record<string, unknown> = {},
): Promise<boolean> {
  try {
    const answer = await massAction(entity, action, target, input);
    if ('jobId' in answer) {
      followMass(answer.id);
      return true;
    }
    refreshEntity(entity.plural);
    const failed = answer.failed?.length ?? 0;
    toast(say(`mass.done.${action}`, { count: answer.done }), {
      ...(answer.undoId
        ? { action: { label: say('undo'), run: () => takeBack(entity, answer.undoId as string) } }
        : {}),
      ...(failed > 0
        ? {
            detail: say('mass.failed', {
              count: failed,
              reason: answer.failed?.[0]?.message ?? answer.failed?.[0]?.code,
            }),
          }
        : {}),
    });
    return true;
  } catch (error) {
    toastError(error);
    return false;
  }
}

/** Moves one record to the recycle bin, and back on demand. */
export async function deleteOne(entity: MetaEntity, record: WireRecord): Promise<boolean> {
  try {
    await remove(`/${entity.plural}/${record.id}`);
  } catch (error) {
    toastError(error);
    return false;
  }
  dropRecords(entity.plural, new Set([record.id]));
  toast(say('deleted.one', { title: record.title }), {
    action: {
      label: say('undo'),
      run: () =>
        void restoreRecord(entity.plural, record.id).then(() => refreshEntity(entity.plural), toastError),
    },
  });
  return true;
}

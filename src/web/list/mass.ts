import { get, remove } from '../api/client.ts';
import {
  dropRecords,
  massAction,
  refreshEntity,
  restoreRecord,
  type Target,
  undoMass,
} from '../api/records.ts';
import type { JobState, MassAnswer, MetaEntity, WireRecord } from '../api/types.ts';
import { say } from '../i18n/index.ts';
import { closeToast, toast, toastError } from '../shell/toasts.tsx';

const POLL_MS = 800;

/** Waits for a job; a large mass action runs as one, and goes on when the page is closed. */
async function finished(jobId: string): Promise<MassAnswer> {
  for (;;) {
    const job = await get<JobState>(`/jobs/${jobId}`);
    if (job.state === 'done') return (job.result ?? { done: 0, failed: [] }) as MassAnswer;
    if (job.state === 'failed') throw new Error(String(job.error ?? ''));
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const offerUndo = (entity: MetaEntity, answer: MassAnswer) =>
  answer.undoId
    ? {
        action: {
          label: say('undo'),
          run: () =>
            void undoMass(answer.undoId as string).then(({ restored, conflicts }) => {
              refreshEntity(entity.plural);
              toast(
                say('mass.undone', { count: restored }),
                conflicts.length > 0
                  ? {
                      detail: say('mass.conflicts', {
                        titles: conflicts.map((item) => item.title).join(', '),
                      }),
                    }
                  : {},
              );
            }, toastError),
        },
      }
    : {};

/** Runs an action on many records, says what came of it, and offers to take it back. */
export async function runMass(
  entity: MetaEntity,
  action: 'update' | 'delete' | 'transfer',
  target: Target,
  input: Record<string, unknown> = {},
): Promise<boolean> {
  let waiting: number | null = null;
  try {
    let answer = await massAction(entity, action, target, input);
    if (answer.jobId) {
      waiting = toast(say('mass.running'), { life: null });
      answer = await finished(answer.jobId);
    }
    refreshEntity(entity.plural);
    const failed = answer.failed?.length ?? 0;
    toast(say(`mass.done.${action}`, { count: answer.done }), {
      ...offerUndo(entity, answer),
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
  } finally {
    if (waiting !== null) closeToast(waiting);
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

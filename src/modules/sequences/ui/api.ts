import { useQuery } from '@tanstack/react-query';
import { get, post } from '../../../web/api/client.ts';
import { followMass } from '../../../web/api/mass.ts';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity, type Target } from '../../../web/api/records.ts';
import { say } from '../../../web/i18n/index.ts';
import { toast } from '../../../web/shell/toasts.tsx';
import type { Playbook, SequenceCounts, StepFigures, TaskStep } from '../sequence/figures.shared.ts';

export const useCounts = () =>
  useQuery({
    queryKey: ['short', 'sequence-runs', 'counts'],
    queryFn: ({ signal }) => get<{ items: SequenceCounts[] }>('/sequences/counts', undefined, signal),
  });

export const useFigures = (id: string, version: number) =>
  useQuery({
    queryKey: ['short', 'sequence-runs', 'figures', id, version],
    queryFn: ({ signal }) => get<{ items: StepFigures[] }>(`/sequences/${id}/figures`, undefined, signal),
  });

export const usePlaybook = (id: string, version: number) =>
  useQuery({
    queryKey: ['short', 'sequence-runs', 'playbook', id, version],
    queryFn: ({ signal }) => get<Playbook>(`/opportunities/${id}/playbook`, undefined, signal),
  });

export const useTaskStep = (id: string) =>
  useQuery({
    queryKey: ['short', 'sequence-runs', 'task', id],
    queryFn: ({ signal }) => get<{ step: TaskStep | null }>(`/tasks/${id}/sequence-step`, undefined, signal),
  });

export function refreshRuns(): void {
  for (const plural of ['sequence-runs', 'tasks', 'activities']) refreshEntity(plural);
  void queryClient.invalidateQueries({ queryKey: ['record', 'sequence-runs'] });
}

/** Lets chosen records begin a sequence, and says how many did. */
export async function enrol(plural: string, target: Target, sequence: string): Promise<void> {
  const answer = await post<{ done: number; left: number } | { jobId: string; id: string }>(
    `/${plural}/enrol`,
    { ...target, sequence },
  );
  if ('jobId' in answer) followMass(answer.id);
  else
    toast(say('sequences.begun', { count: answer.done }), {
      kind: 'good',
      ...(answer.left ? { detail: say('sequences.passedOver', { count: answer.left }) } : {}),
    });
  refreshRuns();
}

/** Says something of a run; a pause can be taken back. */
export async function tellRun(id: string, verb: string, body: object = {}): Promise<void> {
  await post(`/sequence-runs/${id}/${verb}`, body);
  refreshRuns();
  const back: Readonly<Record<string, string>> = {
    sequencePause: 'sequenceResume',
    sequenceEnd: 'sequenceResume',
  };
  const undo = back[verb];
  toast(say(`sequences.told.${verb}`), {
    kind: 'good',
    ...(undo && !('optOut' in body)
      ? { action: { label: say('undo'), run: () => void tellRun(id, undo) } }
      : {}),
  });
}

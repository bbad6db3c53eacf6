import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { get, post } from './client.ts';
import { queryClient } from './query.ts';
import type { JobState } from './types.ts';

/** A mass action that runs as a job. */
export interface MassJob {
  id: string;
  action: 'update' | 'transfer' | 'delete' | 'restore' | 'undo' | 'command';
  entity: string;
  label: string;
  jobId: string;
  state: JobState['state'];
  progress: { done: number; total: number };
  done: number;
  failed: number;
  undoId: string | null;
}

export interface MassFailure {
  id: string;
  title: string | null;
  code: string;
  message?: string;
}

const KEY = ['mass-actions'];
const WORKING: readonly string[] = ['queued', 'running'];
export const isAtWork = (job: MassJob) => WORKING.includes(job.state);

/** Those this page has shown at work: their end is told too, until it is put away. */
let followed: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();
const change = (next: ReadonlySet<string>) => {
  followed = next;
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Shows a mass action in the tray, wherever one goes on to. */
export function followMass(id: string): void {
  change(new Set([...followed, id]));
  void queryClient.invalidateQueries({ queryKey: KEY });
}

export const putAway = (id: string) => change(new Set([...followed].filter((each) => each !== id)));

/** The mass actions to be shown: what is at work, and what has ended in sight. */
export function useMassJobs(): MassJob[] {
  const shown = useSyncExternalStore(subscribe, () => followed);
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: () => get<{ items: MassJob[] }>('/mass-actions'),
    refetchInterval: ({ state }) => (state.data?.items.some(isAtWork) ? 1_000 : false),
    staleTime: 0,
  });
  return (data?.items ?? []).filter((job) => isAtWork(job) || shown.has(job.id));
}

/** The records a mass action left as they were. */
export const useMassFailures = (id: string) =>
  useQuery({
    queryKey: [...KEY, id],
    queryFn: () => get<MassJob & { failures: MassFailure[] }>(`/mass-actions/${id}`),
  });

export const stopMass = (job: MassJob) => post(`/jobs/${job.jobId}/cancel`).then(() => followMass(job.id));

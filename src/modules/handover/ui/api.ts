import { useQuery } from '@tanstack/react-query';
import { get } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';

export type Counts = Record<string, number>;

export interface Waiting {
  id: string;
  name: string;
  status: string;
  department: string | null;
  open: Counts;
}

export interface Done {
  id: string;
  userId: string;
  name: string;
  state: 'running' | 'done' | 'failed' | 'undone';
  createdAt: string;
  doneAt: string | null;
  createdBy: string | null;
  undoable: boolean;
  result: Record<string, unknown> | null;
}

export interface Overview {
  waiting: Waiting[];
  done: Done[];
  kinds: { entity: string; label: string; follows: boolean }[];
}

export interface Preview {
  before: Counts;
  stays: Counts;
  receivers: { id: string; name: string; counts: Counts }[];
  items: { entity: string; id: string; title: string; value: string | null; to: string | null }[];
}

export const useOverview = (enabled = true) =>
  useQuery({
    queryKey: ['handovers'],
    queryFn: () => get<Overview>('/handovers'),
    enabled,
    staleTime: 10_000,
  });

export const refreshHandovers = () => void queryClient.invalidateQueries({ queryKey: ['handovers'] });

export const sum = (counts: Counts): number => Object.values(counts).reduce((all, n) => all + n, 0);

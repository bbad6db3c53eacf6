import { useQuery } from '@tanstack/react-query';
import type { Flow } from '../../platform/approvals/flow.shared.ts';
import type { ApprovalItem, ApprovalSheet, SubjectInfo } from '../../platform/approvals/sheet.shared.ts';
import { get } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import type { Link } from '../api/types.ts';

export type Box = 'todo' | 'mine' | 'cc' | 'done';

export interface Page {
  items: ApprovalItem[];
  nextCursor: string | null;
}

export interface StoredFlow {
  id: string;
  version: number;
  subject: string;
  name: string;
  active: boolean;
  definition: Flow;
  updatedAt: string;
  updatedBy: Link | null;
  running: number;
}

export interface Delegation {
  id: string;
  person: Link;
  to: Link;
  from: string;
  until: string;
}

const KEY = 'approvals';

/** What waits for the person: asked again every minute, and after every decision of his own. */
export const useWaiting = () =>
  useQuery({
    queryKey: [KEY, 'waiting'],
    queryFn: () => get<{ todo: number; unread: number }>('/approvals/waiting'),
    refetchInterval: 60_000,
    refetchOnWindowFocus: true,
  });

export const useSheet = (id: string) =>
  useQuery({
    queryKey: [KEY, 'sheet', id],
    queryFn: () => get<ApprovalSheet>(`/approvals/${id}`),
    staleTime: 0,
  });

export const listKey = (box: Box) => [KEY, 'list', box];

export const useSubjects = () =>
  useQuery({
    queryKey: [KEY, 'subjects'],
    queryFn: () => get<{ items: SubjectInfo[] }>('/approval-subjects').then((answer) => answer.items),
  });

/** What a person may ask for on a record by hand, where the company decides on it. */
export const beginnable = (subjects: readonly SubjectInfo[] | undefined, entity: string): SubjectInfo[] =>
  (subjects ?? []).filter((subject) => subject.open && subject.active && subject.entity === entity);

export const useFlows = () =>
  useQuery({
    queryKey: [KEY, 'flows'],
    queryFn: () => get<{ items: StoredFlow[] }>('/approval-flows').then((answer) => answer.items),
  });

export const useDelegations = () =>
  useQuery({
    queryKey: [KEY, 'delegations'],
    queryFn: () => get<{ items: Delegation[] }>('/approval-delegations').then((answer) => answer.items),
  });

/** Lists, counts and sheets look again; the sheet that came as an answer is taken as it is. */
export function refresh(sheet?: ApprovalSheet): void {
  if (sheet) queryClient.setQueryData([KEY, 'sheet', sheet.id], sheet);
  void queryClient.invalidateQueries({
    queryKey: [KEY],
    predicate: ({ queryKey }) => !(sheet && queryKey[1] === 'sheet' && queryKey[2] === sheet.id),
  });
  void queryClient.invalidateQueries({ queryKey: ['today'] });
}

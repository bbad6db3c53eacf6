import { useQuery } from '@tanstack/react-query';
import { get, post } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import type { Filter, WireRecord } from '../../../web/api/types.ts';
import type { Explanation, Membership } from '../segment/explain.shared.ts';

/** How a segment stands for the person who looks. */
export interface Standing {
  state: 'ok' | 'broken' | 'hidden' | 'filling' | 'refused';
  total?: number;
  totalIsExact?: boolean;
  reason?: string;
  /** Of a frozen one whose rule cannot be read any more: it keeps its members and finds no new ones. */
  rule?: { code: string; reason: string };
}

export interface Preview {
  total: number;
  totalIsExact: boolean;
  sample: { id: string; title: string }[];
  ms: number;
  indexed: boolean;
}

const FILLING_MS = 2000;

export function useStanding(segment: WireRecord) {
  return useQuery({
    queryKey: ['segments', 'standing', segment.id, segment.version, segment.refreshedAt],
    queryFn: ({ signal }) => get<Standing>(`/segments/${segment.id}/standing`, undefined, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'filling' ? FILLING_MS : false),
  });
}

/** What the conditions would take in; `asked` is their JSON, so that the same question is asked once. */
export function usePreview(entity: string, asked: string) {
  return useQuery({
    queryKey: ['segments', 'preview', entity, asked],
    queryFn: () => post<Preview>('/segments/preview', { entity, definition: JSON.parse(asked), sample: 8 }),
    enabled: asked !== 'null',
    placeholderData: (old) => old,
    retry: false,
  });
}

export function useMemberships(entity: string, id: string) {
  return useQuery({
    queryKey: ['segments', 'of', entity, id],
    queryFn: ({ signal }) => get<{ items: Membership[] }>(`/segments/of/${entity}/${id}`, undefined, signal),
  });
}

export function useExplanation(segment: string, record: string) {
  return useQuery({
    queryKey: ['segments', 'explain', segment, record],
    queryFn: ({ signal }) => get<Explanation>(`/segments/${segment}/explain/${record}`, undefined, signal),
    retry: false,
  });
}

/** After a change of a segment everything that is said of segments is asked anew. */
export function refreshSegments(): void {
  refreshEntity('segments');
  void queryClient.invalidateQueries({ queryKey: ['segments'] });
}

export const totalText = ({ total = 0, totalIsExact }: Pick<Standing, 'total' | 'totalIsExact'>): string =>
  `${total.toLocaleString()}${totalIsExact === false ? '+' : ''}`;

/** The list of members. */
export const memberSearch = (id: string): { filter: Filter } => ({ filter: { and: [{ segment: id }] } });

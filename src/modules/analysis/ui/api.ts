import { useQuery } from '@tanstack/react-query';
import type { ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import { get, post } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import type { DashboardEntry, ShownDashboard } from '../dashboard/dashboard.shared.ts';
import type { Catalogue } from '../run/answer.shared.ts';
import type { Source } from '../run/source.ts';

const ROOT = 'analysis';

export const useCatalogue = () =>
  useQuery({
    queryKey: [ROOT, 'catalogue'],
    queryFn: ({ signal }) => get<Catalogue>('/analysis/catalogue', undefined, signal),
  });

/** What a report says; `asked` is its source in JSON, so that one question is asked once. Null asks nothing. */
export function useAnswer(asked: string | null, every: number | null = null) {
  return useQuery({
    queryKey: [ROOT, 'answer', asked],
    queryFn: () => post<ReportAnswer>('/analysis/answer', { source: JSON.parse(asked ?? '') as Source }),
    enabled: asked !== null,
    placeholderData: (old) => old,
    retry: false,
    // A new answer is being worked out behind a kept one: it is there soon.
    refetchInterval: ({ state }) => (state.data?.refreshing ? 5000 : every ? every * 60_000 : false),
  });
}

/** Works the answer out now, whatever is kept. */
export async function freshAnswer(asked: string): Promise<void> {
  const answer = await post<ReportAnswer>('/analysis/answer', { source: JSON.parse(asked), fresh: true });
  queryClient.setQueryData([ROOT, 'answer', asked], answer);
}

export const useDashboards = () =>
  useQuery({
    queryKey: [ROOT, 'dashboards'],
    queryFn: ({ signal }) => get<{ items: DashboardEntry[] }>('/analysis/dashboards', undefined, signal),
  });

export const useDashboard = (id: string) =>
  useQuery({
    queryKey: [ROOT, 'dashboards', id],
    queryFn: ({ signal }) => get<ShownDashboard>(`/analysis/dashboards/${id}`, undefined, signal),
  });

/** After a change of reports or dashboards they are asked for anew; answers stand as they are. */
export function refreshAnalysis(): void {
  void queryClient.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] === ROOT && queryKey[1] !== 'answer',
  });
}

import { useQuery } from '@tanstack/react-query';
import { get, post } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import type { QuoteStanding } from '../quote/standing.shared.ts';

export const useQuoteStanding = (record: WireRecord) =>
  useQuery({
    queryKey: ['record', 'quotes', record.id, 'standing', record.version],
    queryFn: ({ signal }) => get<QuoteStanding>(`/quotes/${record.id}/standing`, undefined, signal),
    staleTime: 0,
  });

/** Says something of a quote and asks anew for what is shown of it. */
export async function tellQuote<T>(id: string, verb: string, body: object = {}): Promise<T> {
  const answer = await post<T>(`/quotes/${id}/${verb}`, body);
  refreshEntity('quotes');
  await queryClient.invalidateQueries({ queryKey: ['record', 'quotes', id] });
  void queryClient.invalidateQueries({ queryKey: ['approvals'] });
  return answer;
}

import { useQuery } from '@tanstack/react-query';
import { get, post } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import type { Link, WireRecord } from '../../../web/api/types.ts';
import { say } from '../../../web/i18n/index.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';

export interface Hit {
  id: string;
  visible: boolean;
  title: string;
  subtitle: string | null;
  owner: Link | null;
  reasons: { code: string; label: string }[];
}

export interface Converted {
  status: 'converted';
  customer: string;
  contact: string | null;
  opportunity: string | null;
}

/** Who the lead may be already. */
export const useMatches = (record: WireRecord) =>
  useQuery({
    queryKey: ['record', 'leads', record.id, 'matches', record.version],
    queryFn: ({ signal }) =>
      get<{ customers: Hit[]; contacts: Hit[] }>(`/leads/${record.id}/matches`, undefined, signal),
    retry: false,
  });

export function refreshLeads(id: string): void {
  refreshEntity('leads');
  void queryClient.invalidateQueries({ queryKey: ['record', 'leads', id] });
}

const UNDO: Readonly<Record<string, string>> = { start: 'put-back', convert: 'unconvert' };

/** Says something of a lead, and offers to take it back where that can be done. */
export async function tellLead<T>(id: string, verb: string, body: object = {}): Promise<T> {
  const answer = await post<T>(`/leads/${id}/${verb}`, body);
  refreshLeads(id);
  const undo = UNDO[verb];
  toast(say(`leads.did.${verb}`), {
    kind: 'good',
    ...(undo ? { action: { label: say('undo'), run: () => void tellLead(id, undo).catch(toastError) } } : {}),
  });
  return answer;
}

/** The lead is open: something can still become of it. */
export const isOpen = (record: WireRecord): boolean =>
  ['new', 'working', 'nurturing'].includes(String(record.status));

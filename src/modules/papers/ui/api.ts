import { useQuery } from '@tanstack/react-query';
import { get } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import type { TemplateRow } from '../store.ts';

export interface Kept {
  items: TemplateRow[];
  kinds: { name: string; entity: string; label: string }[];
  office: boolean;
}

const queryKey = ['paper-templates'];

export const useTemplates = () => useQuery({ queryKey, queryFn: () => get<Kept>('/paper-templates') });

/** After a change the pages that offer templates ask anew. */
export async function refreshTemplates(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey });
  await queryClient.invalidateQueries({ queryKey: ['paper'] });
}

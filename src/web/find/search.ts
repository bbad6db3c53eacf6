import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client.ts';

export interface Hit {
  id: string;
  title: string;
  subtitle?: string | null;
  /** Why lists usually leave it out. */
  mark?: string;
  matched: { label: string; text: string; ranges: [number, number][] }[];
}

export interface HitGroup {
  entity: string;
  label: string;
  items: Hit[];
  total?: number;
  totalIsExact?: boolean;
}

export function useSearch(q: string, limit: number, entities?: string) {
  return useQuery({
    queryKey: ['search', q, limit, entities],
    queryFn: ({ signal }) => get<{ groups: HitGroup[] }>('/search', { q, limit, entities }, signal),
    enabled: q !== '',
    placeholderData: (old) => (q ? old : undefined),
    staleTime: 10_000,
  });
}

const STORE = 'guanxi.recent';
const KEPT = 8;

export interface Recent {
  entity: string;
  id: string;
  title: string;
}

/** Records opened of late on this machine, newest first. */
export function recentRecords(user: string): Recent[] {
  try {
    return JSON.parse(localStorage.getItem(`${STORE}.${user}`) ?? '[]') as Recent[];
  } catch {
    return [];
  }
}

export function rememberRecord(user: string, record: Recent): void {
  const rest = recentRecords(user).filter((other) => other.id !== record.id);
  localStorage.setItem(`${STORE}.${user}`, JSON.stringify([record, ...rest].slice(0, KEPT)));
}

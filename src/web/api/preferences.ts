import { useQuery } from '@tanstack/react-query';
import { get, put } from './client.ts';
import { queryClient } from './query.ts';

const KEY = ['preferences'];

export const preferencesQuery = {
  queryKey: KEY,
  queryFn: () => get<Record<string, unknown>>('/me/preferences'),
  staleTime: Infinity,
};

/** One of the user's own settings, kept on the server; changes show at once and are written behind. */
export function usePreference<T>(name: string, fallback: T): [T, (next: T) => void] {
  const { data } = useQuery(preferencesQuery);
  const value = (data?.[name] as T | undefined) ?? fallback;
  const change = (next: T) => {
    queryClient.setQueryData<Record<string, unknown>>(KEY, (old) => ({ ...old, [name]: next }));
    void put(`/me/preferences/${encodeURIComponent(name)}`, next).catch(() => {
      // A lost column width is not worth a message; the next change writes it again.
    });
  };
  return [value, change];
}

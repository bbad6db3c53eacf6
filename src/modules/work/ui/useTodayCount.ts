import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onArrival } from '../../../web/api/live.ts';
import { queryClient } from '../../../web/api/query.ts';
import { todayQuery } from './api.ts';

/** How many lines the day has, for the menu. */
export function useTodayCount(): number {
  const { data } = useQuery({ ...todayQuery(false), staleTime: 60_000 });
  useEffect(() => {
    const stop = onArrival(() => void queryClient.invalidateQueries({ queryKey: ['today'] }));
    return () => void stop();
  }, []);
  return data?.items.length ?? 0;
}

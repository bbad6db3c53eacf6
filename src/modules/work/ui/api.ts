import type { TodayItem, TodayRequest } from '../../../platform/today/today.ts';
import { get, patch, post, remove } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import type { Filter } from '../../../web/api/types.ts';

export type { TodayItem };

export interface Today {
  day: string;
  leads: boolean;
  lunar: { month: number; day: number; leap: boolean };
  moved: { date: string; days: number; working: boolean; holiday: string | null } | null;
  items: TodayItem[];
  more: boolean;
}

export interface MonthFigure {
  name: string;
  value: number;
  none?: boolean;
  of?: { part: number; whole: number };
  entity: string;
  filter: Filter;
}

export interface Month {
  month: number;
  workdaysLeft: number;
  figures: MonthFigure[];
}

export const todayQuery = (team: boolean) => ({
  queryKey: ['today', team],
  queryFn: () => get<Today>('/today', team ? { team: true } : {}),
});

/** Everything that shows the day's work looks anew. */
export function refreshWork(): void {
  void queryClient.invalidateQueries({ queryKey: ['today'] });
  for (const plural of ['promises', 'visits', 'meetings', 'call-backs', 'tasks', 'activities'])
    refreshEntity(plural);
}

/** Sends what a button does; gives the id of what it made. */
export async function send(request: TodayRequest, made?: string): Promise<string | undefined> {
  const path = request.path.replace('{id}', made ?? '');
  if (request.method === 'DELETE') await remove(path);
  else if (request.method === 'PATCH') await patch(path, request.body ?? {}, request.version);
  else return (await post<{ id?: string }>(path, request.body))?.id;
  return undefined;
}

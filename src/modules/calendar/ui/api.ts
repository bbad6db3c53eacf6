import { useQuery } from '@tanstack/react-query';
import type { CalendarDay } from '../../../platform/agenda/days.ts';
import type { CalendarItem } from '../../../platform/agenda/read.ts';
import { get, patch } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import { clockOf, dayOf } from '../../../web/fields/format.ts';
import { instantOn } from '../../../web/fields/hour.ts';

export type { CalendarDay, CalendarItem };

export interface Agenda {
  items: CalendarItem[];
  more: boolean;
  days: CalendarDay[];
}

const KEY = 'agenda';

/** `me`, `team` or a person's id. */
export const useAgenda = (range: { from: string; to: string } | null, people: string) =>
  useQuery({
    queryKey: [KEY, range, people],
    queryFn: () => get<Agenda>('/calendar/items', { ...range, people }),
    enabled: range !== null,
    placeholderData: (old) => old,
  });

export const refreshAgenda = () => queryClient.invalidateQueries({ queryKey: [KEY] });

/** Wall-clock time in the reader's zone: what the calendar draws. */
export const wallOf = (instant: string): string => `${dayOf(instant)}T${clockOf(instant)}:00`;

/** The instant of a wall-clock time of the reader's. */
export const instantOf = (wall: string): string => instantOn(wall.slice(0, 10), wall.slice(11, 16));

/** The same time of day on another day. */
export const withClock = (date: string, at: string): string => instantOn(date, clockOf(at));

/** Puts an item on another day or time; gives its version and what puts it back. */
export async function moveItem(
  plural: string,
  item: Pick<CalendarItem, 'id' | 'version' | 'move' | 'date' | 'at'>,
  to: { date: string; at: string | null },
): Promise<WireRecord> {
  const changes = {
    ...(item.move ? { [item.move.date]: to.date } : {}),
    ...(item.move?.at ? { [item.move.at]: to.at } : {}),
  };
  const saved = await patch<WireRecord>(`/${plural}/${item.id}`, changes, item.version);
  refreshEntity(plural);
  await refreshAgenda();
  return saved;
}

import { useQuery } from '@tanstack/react-query';
import { get, post } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import type { Link } from '../api/types.ts';

export interface Notification {
  id: string;
  kind: string;
  importance: 'high' | 'normal' | 'low';
  text: string;
  at: string;
  read: boolean;
  actor: Link | null;
  record: { entity: string; id: string; title: string } | null;
  path: string | null;
}

interface Unread {
  unread: number;
  kinds: Record<string, number>;
  quiet: boolean;
}

/** All that is held of notifications, under one key: news of any makes all of it old. */
export const NOTIFICATIONS = ['notifications'];

export const unreadQuery = {
  queryKey: [...NOTIFICATIONS, 'unread'],
  queryFn: () => get<Unread>('/notifications/unread'),
  staleTime: 60_000,
};

/** How many one has not read. */
export const useUnread = (): number => useQuery(unreadQuery).data?.unread ?? 0;

export const refreshNotifications = () => queryClient.invalidateQueries({ queryKey: NOTIFICATIONS });

export async function markRead(which: object): Promise<void> {
  await post('/notifications/read', which);
  await refreshNotifications();
}

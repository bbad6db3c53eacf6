import { useEffect } from 'react';
import { get } from '../api/client.ts';
import { onNotification } from '../api/live.ts';
import { queryClient } from '../api/query.ts';
import { toast } from '../shell/toasts.tsx';
import { type Notification, refreshNotifications, unreadQuery } from './api.ts';

/** Counts anew when something comes, and shows it for a moment; in quiet hours only what is important. */
export function useNews(open: (item: Notification) => void, label: string): void {
  useEffect(
    () =>
      onNotification(async (fresh) => {
        await refreshNotifications();
        if (!fresh) return;
        const [{ items }, { quiet }] = await Promise.all([
          get<{ items: Notification[] }>('/notifications', { unread: true, limit: 1 }),
          queryClient.fetchQuery(unreadQuery),
        ]);
        const [item] = items;
        if (!item || (quiet && item.importance !== 'high')) return;
        toast(item.text, { life: 8_000, action: { label, run: () => open(item) } });
      }),
    [open, label],
  );
}

import { useNavigate, useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useMeta } from '../api/meta.tsx';
import { markRead, type Notification } from './api.ts';

/** Opens what a notification is about, which reads it. */
export function useOpen(): (item: Notification) => void {
  const navigate = useNavigate();
  const { history } = useRouter();
  const { entity } = useMeta();
  return useCallback(
    (item) => {
      if (!item.read) void markRead({ ids: [item.id] });
      const plural = item.record && entity(item.record.entity)?.plural;
      if (item.path) history.push(item.path);
      else if (plural && item.record)
        void navigate({ to: '/r/$plural/$id', params: { plural, id: item.record.id } });
    },
    [navigate, history, entity],
  );
}

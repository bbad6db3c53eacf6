import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';
import { FailedPage, PageSkeleton } from '../shell/StatusPage.tsx';
import '../styles/notifications.css';
import { markRead, NOTIFICATIONS, type Notification, useUnread } from './api.ts';
import { NotificationLine } from './Line.tsx';
import { type Preferences, preferencesOf } from './preferences.ts';
import { useOpen } from './useOpen.ts';

interface Answer {
  items: Notification[];
  nextCursor: string | null;
}

/** Everything one was told, newest first. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const [kind, setKind] = useState('');
  const [unread, setUnread] = useState(false);
  const count = useUnread();
  const open = useOpen();
  const { data: preferences } = useQuery<Preferences>(preferencesOf('own'));
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [...NOTIFICATIONS, 'list', kind, unread],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      get<Answer>('/notifications', { kind, unread: unread ? 'true' : '', cursor: pageParam, limit: 30 }),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (old) => old,
  });
  if (error) return <FailedPage error={error} again={() => void refetch()} />;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page slim">
      <div className="head">
        <h1 tabIndex={-1}>{t('notifications.title')}</h1>
        <span className="fill" />
        <Link className="button" to={'/me/notifications' as string}>
          {t('notifications.choose')}
        </Link>
        <Button disabled={count === 0} onClick={() => void markRead(kind ? { kind } : { all: true })}>
          {t('notifications.readAll')}
        </Button>
      </div>
      <div className="tag-row note-filter" role="group" aria-label={t('notifications.filter')}>
        {[false, true].map((only) => (
          <button
            key={String(only)}
            type="button"
            className={`tag ${unread === only ? 'dai' : ''}`}
            aria-pressed={unread === only}
            onClick={() => setUnread(only)}
          >
            {t(only ? 'notifications.onlyUnread' : 'timeline.all')}
          </button>
        ))}
        <Select
          className="note-kind"
          aria-label={t('notifications.kind')}
          value={kind}
          onChange={setKind}
          options={[
            { value: '', label: t('notifications.allKinds') },
            ...(preferences?.kinds ?? []).map(({ name, label }) => ({ value: name, label })),
          ]}
        />
      </div>
      {!data ? (
        <PageSkeleton />
      ) : items.length === 0 ? (
        <div className="empty-page card">
          <h2>{t('notifications.none')}</h2>
          <p>{t('notifications.noneText')}</p>
        </div>
      ) : (
        <ul className="notes card">
          {items.map((item) => (
            <NotificationLine key={item.id} item={item} onOpen={open} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button block type="text" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('timeline.more')}
        </Button>
      )}
    </div>
  );
}

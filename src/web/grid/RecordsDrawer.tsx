import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Behind } from '../../platform/achievements/read.ts';
import { get, messageOf } from '../api/client.ts';
import { dayOf, groupDigits } from '../fields/format.ts';
import './grid.css';

interface Props {
  title: string;
  /** Where they are asked for, page by page. */
  path: string;
  asked: Record<string, unknown>;
  onClose(): void;
}

interface Page {
  items: Behind[];
  nextCursor: string | null;
}

/** The records a number was made of, as many as it counted. */
export function RecordsDrawer({ title, path, asked, onClose }: Props) {
  const { t } = useTranslation();
  const found = useInfiniteQuery({
    queryKey: ['behind', path, asked],
    queryFn: ({ pageParam, signal }) =>
      get<Page>(path, { ...asked, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Drawer open onClose={onClose} size={480} title={title} loading={found.isLoading}>
      {found.error && <p role="alert">{messageOf(found.error)}</p>}
      {found.data && items.length === 0 && <p className="quiet">{t('behind.none')}</p>}
      <ul className="behind-records">
        {items.map((item) => (
          <li key={`${item.id}${item.title}${item.number}${item.amount}${item.day}`}>
            <span className="quiet">{item.day && (item.day.length > 10 ? dayOf(item.day) : item.day)}</span>
            {item.title === null ? (
              <span className="quiet" title={t('behind.unseenText')}>
                {item.number ?? t('behind.unseen')}
              </span>
            ) : (
              <Link to="/r/$plural/$id" params={{ plural: item.plural, id: item.id }}>
                {item.title}
              </Link>
            )}
            <strong>{item.amount === null ? '' : groupDigits(item.amount)}</strong>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <button
          type="button"
          className="button"
          disabled={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('behind.more')}
        </button>
      )}
    </Drawer>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Behind as Item } from '../../../platform/achievements/read.ts';
import { get, messageOf } from '../../../web/api/client.ts';
import { dayOf, groupDigits } from '../../../web/fields/format.ts';
import type { Attainment, AttainmentLine } from '../attainment/read.ts';

interface Props {
  line: AttainmentLine;
  data: Attainment;
  asked: Record<string, unknown>;
  onClose(): void;
}

/** The records behind an actual number, as many as it counted. */
export function Behind({ line, data, asked, onClose }: Props) {
  const { t } = useTranslation();
  const whose = line.kind === 'company' ? {} : { [line.kind]: line.id };
  const found = useInfiniteQuery({
    queryKey: ['performance', 'records', asked, whose],
    queryFn: ({ pageParam, signal }) =>
      get<{ items: Item[]; total: number; nextCursor: string | null }>(
        '/performance/records',
        { ...asked, ...whose, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const name = line.kind === 'company' ? t('perf.company') : line.name;
  return (
    <Drawer
      open
      onClose={onClose}
      size={480}
      title={t('perf.behind', {
        name,
        measure: data.label,
        count: found.data?.pages[0]?.total ?? line.records,
      })}
    >
      {found.error && <p role="alert">{messageOf(found.error)}</p>}
      <ul className="perf-records">
        {items.map((item) => (
          <li key={`${item.id}${item.number}${item.amount}${item.day}`}>
            <span className="quiet">{item.day && (item.day.length > 10 ? dayOf(item.day) : item.day)}</span>
            {item.title === null ? (
              <span className="quiet" title={t('perf.unseenText')}>
                {item.number ?? t('perf.unseen')}
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
          {t('perf.more')}
        </button>
      )}
    </Drawer>
  );
}

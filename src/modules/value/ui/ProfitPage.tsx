import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { get, url } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { openCreate } from '../../../web/form/create.ts';
import { FilterBar } from '../../../web/list/FilterBar.tsx';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import type { Profit } from '../profit/read.ts';
import { PeriodChoice } from './PeriodChoice.tsx';
import { ProfitTable } from './ProfitTable.tsx';
import { GROUPS, type Wish } from './wish.ts';
import '../../../web/styles/list.css';
import './value.css';

/** Which customers pay: what they bring, what they cost, by customer, grade, person or month. */
export function ProfitPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const entry = meta.entity('costEntry');
  const customer = meta.entity('customer');
  const wish = useSearch({ strict: false }) as Wish;
  const navigate = useNavigate();
  const group = wish.group ?? 'customer';
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['short', 'cost-entries', 'profit', wish],
    queryFn: ({ pageParam, signal }) =>
      get<Profit>('/value/profit', { ...wish, group, offset: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      last.more ? pages.reduce((sum, page) => sum + page.lines.length, 0) : undefined,
    placeholderData: (old) => old,
  });
  if (!entry || !customer) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  const set = (part: Partial<Wish>) =>
    void navigate({ to: '/profit' as string, search: { ...wish, ...part } as never, replace: true });
  const add = async () => {
    if (await openCreate(entry)) refreshEntity(entry.plural);
  };
  const profit = data?.pages[0];
  const lines = data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <div className="page full profit-page">
      <div className="head">
        <h1 tabIndex={-1}>{t('worth.title')}</h1>
        <span className="fill" />
        <Link className="button" to="/r/$plural" params={{ plural: entry.plural }}>
          {t('worth.entries')}
        </Link>
        {may(entry, 'export') && may(customer, 'export') && (
          <a className="button" href={url('/value/profit/xlsx', { ...wish, group })}>
            {t('worth.download')}
          </a>
        )}
        {may(entry, 'create') && (
          <button type="button" className="button primary" onClick={() => void add()}>
            {t('worth.add')}
          </button>
        )}
      </div>
      <div className="profit-choices">
        <Segmented
          aria-label={t('worth.group')}
          value={group}
          onChange={(next) => set({ group: next, sort: undefined } as Partial<Wish>)}
          options={GROUPS.map((value) => ({ value, label: t(`worth.by.${value}`) }))}
        />
        {profit && (
          <PeriodChoice from={profit.period.from} to={profit.period.to} onChange={(days) => set(days)} />
        )}
      </div>
      <FilterBar
        entity={customer}
        filter={wish.filter ?? null}
        q={wish.q ?? ''}
        onFilter={(filter) => set({ filter })}
        onSearch={(q) => set({ q })}
      />
      {error && !profit ? (
        <FailedPage error={error} again={() => void refetch()} />
      ) : profit ? (
        <>
          <Notes profit={profit} />
          <ProfitTable profit={profit} lines={lines} sort={wish.sort} onSort={(sort) => set({ sort })} />
          {hasNextPage && (
            <button
              type="button"
              className="button profit-more"
              disabled={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {t('worth.more')}
            </button>
          )}
        </>
      ) : (
        <PageSkeleton />
      )}
    </div>
  );
}

/** What the numbers are made of, and what nobody knows yet. */
function Notes({ profit: { group, knows } }: { profit: Profit }) {
  const { t } = useTranslation();
  const note =
    group === 'person'
      ? 'worth.personOnly'
      : !knows.sales && !knows.margin
        ? 'worth.noSales'
        : !knows.margin
          ? 'worth.noMargin'
          : 'worth.formula';
  return <p className="quiet profit-note">{t(note)}</p>;
}

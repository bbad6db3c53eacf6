import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../api/client.ts';
import { may, useMeta } from '../api/meta.tsx';
import type { MetaEntity } from '../api/types.ts';
import { useKeys } from '../shell/hooks.ts';
import { JobProgress } from '../shell/JobProgress.tsx';
import { FailedPage, PageSkeleton, StatusPage } from '../shell/StatusPage.tsx';
import { toast, toastError } from '../shell/toasts.tsx';
import '../styles/duplicates.css';
import { type DuplicatePair, decide, mergeAddress, refreshDuplicates } from './api.ts';
import { PairCard } from './PairCard.tsx';

const PAGE = 30;

/** Pairs that may be the same, the surest first; each is merged, called different, or put off. */
export function DuplicatesPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const navigate = useNavigate();
  const { entity: wanted } = useSearch({ strict: false }) as { entity?: string };
  const types = meta.entities.filter((entity) => entity.compared && may(entity, 'update'));
  const entity =
    types.find(({ name }) => name === wanted) ?? types.find(({ name }) => name === 'customer') ?? types[0];
  if (!entity) return <StatusPage title={t('page.forbidden')} text={t('duplicates.noRight')} />;
  return (
    <div className="page narrow duplicates-page">
      <div className="head">
        <h1 tabIndex={-1}>{t('duplicates.title')}</h1>
        <Segmented
          value={entity.name}
          options={types.map(({ name, label }) => ({ value: name, label }))}
          onChange={(name) =>
            void navigate({ to: '/duplicates' as string, search: { entity: name } as never })
          }
        />
        <span className="fill" />
        {meta.me.administrator && <Scan key={entity.name} entity={entity} />}
      </div>
      <Queue key={entity.name} entity={entity} />
    </div>
  );
}

function Queue({ entity }: { entity: MetaEntity }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data, error, refetch, fetchNextPage, hasNextPage } = useInfiniteQuery({
    queryKey: ['duplicates', 'queue', entity.name],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<{ items: DuplicatePair[]; nextCursor: string | null; total?: number }>(
        '/duplicates',
        { entity: entity.name, limit: PAGE, cursor: pageParam, count: pageParam ? undefined : 'true' },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const pairs = (data?.pages.flatMap(({ items }) => items) ?? []).filter(({ ids }) => !gone.has(ids.join()));
  const current = pairs[Math.min(at, pairs.length - 1)];
  const say = async (pair: DuplicatePair, decision: 'different' | 'later') => {
    setGone((before) => new Set(before).add(pair.ids.join()));
    const back = () => setGone((before) => new Set([...before].filter((id) => id !== pair.ids.join())));
    try {
      await decide(entity, pair.ids, decision);
      toast(t(`duplicates.did.${decision}`), {
        action: { label: t('undo'), run: () => void decide(entity, pair.ids, null).then(back, toastError) },
      });
    } catch (failure) {
      back();
      toastError(failure);
    }
  };
  const merge = (pair: DuplicatePair) =>
    void navigate({ to: mergeAddress(entity.plural, pair.ids) as string });
  useKeys({
    j: () => setAt(Math.min(at + 1, pairs.length - 1)),
    k: () => setAt(Math.max(at - 1, 0)),
    m: () => current && merge(current),
    x: () => current && void say(current, 'different'),
    l: () => current && void say(current, 'later'),
  });
  useEffect(() => {
    if (pairs.length < PAGE / 3 && hasNextPage) void fetchNextPage();
  }, [pairs.length, hasNextPage, fetchNextPage]);
  useEffect(() => {
    document.querySelector('.pair-card.now')?.scrollIntoView({ block: 'nearest' });
  });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  if (pairs.length === 0)
    return (
      <div className="empty-page card">
        <h2>{t('duplicates.none', { label: entity.manyLabel })}</h2>
        <p>{t('duplicates.noneText')}</p>
      </div>
    );
  const total = (data.pages[0]?.total ?? 0) - gone.size;
  return (
    <>
      <p className="quiet">{t('duplicates.waiting', { count: total })}</p>
      {pairs.map((pair) => (
        <PairCard
          key={pair.ids.join()}
          entity={entity}
          pair={pair}
          now={pair === current}
          onFocus={() => setAt(pairs.indexOf(pair))}
          onMerge={() => merge(pair)}
          onSay={(decision) => void say(pair, decision)}
        />
      ))}
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{t('duplicates.more')}</Button>}
    </>
  );
}

function Scan({ entity }: { entity: MetaEntity }) {
  const { t } = useTranslation();
  const [job, setJob] = useState<string | null>(null);
  const start = () =>
    void post<{ job: string }>('/duplicates/scan', { entity: entity.name }).then(
      (answer) => setJob(answer.job),
      toastError,
    );
  if (!job) return <Button onClick={start}>{t('duplicates.scan')}</Button>;
  return (
    <JobProgress
      id={job}
      onDone={() => {
        setJob(null);
        refreshDuplicates(entity);
      }}
    />
  );
}

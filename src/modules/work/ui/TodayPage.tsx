import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../../../web/api/client.ts';
import { onArrival } from '../../../web/api/live.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { queryClient } from '../../../web/api/query.ts';
import { openCreate } from '../../../web/form/create.ts';
import { useKeys, usePhone } from '../../../web/shell/hooks.ts';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { OverdueLink } from '../../calendar/ui/index.ts';
import { refreshWork, send, type TodayItem, todayQuery } from './api.ts';
import { DayHead } from './DayHead.tsx';
import { MonthCard } from './MonthCard.tsx';
import { NewsCard } from './NewsCard.tsx';
import { TodayLine } from './TodayLine.tsx';
import './work.css';

/** What to do now, the most important first, each with its one button. */
export function TodayPage() {
  const { t } = useTranslation();
  const { me, entity } = useMeta();
  const navigate = useNavigate();
  const phone = usePhone();
  const [team, setTeam] = useState(false);
  const { data, error, refetch } = useQuery(todayQuery(team));
  const teams = useQuery({
    queryKey: ['today-team'],
    queryFn: () => get<{ items: { id: string; name: string }[] }>('/today/team').then(({ items }) => items),
    // Who leads nobody has no team to look at.
    enabled: data?.leads ?? false,
    retry: false,
    staleTime: 600_000,
  });
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  useEffect(() => {
    const stop = onArrival(() => void queryClient.invalidateQueries({ queryKey: ['today'] }));
    return () => void stop();
  }, []);
  const items = (data?.items ?? []).filter(({ key }) => !gone.has(key));
  const current = items[Math.min(at, items.length - 1)];

  const act = async (item: TodayItem) => {
    const { action } = item;
    if ('open' in action) return void navigate({ to: action.open as string });
    const back = () => setGone((before) => new Set([...before].filter((key) => key !== item.key)));
    setGone((before) => new Set(before).add(item.key));
    try {
      const made = await send(action.does);
      refreshWork();
      toast(action.done, {
        kind: 'good',
        detail: item.title,
        action: {
          label: t('undo'),
          run: () =>
            void send(action.undo, made).then(() => {
              back();
              refreshWork();
            }, toastError),
        },
      });
    } catch (failure) {
      back();
      toastError(failure);
    }
  };
  const open = (item: TodayItem) => {
    const plural = item.record && entity(item.record.entity)?.plural;
    if (item.record && plural)
      void navigate({ to: '/r/$plural/$id', params: { plural, id: item.record.id } });
  };
  const activity = entity('activity');
  const follow = async (customer: TodayItem['customer']) => {
    if (activity && (await openCreate(activity, customer ? { customer } : {}))) refreshWork();
  };
  const follows = may(activity, 'create');
  useKeys({
    ...(follows ? { f: () => void follow(current?.customer ?? null) } : {}),
    j: () => setAt(Math.min(at + 1, items.length - 1)),
    k: () => setAt(Math.max(at - 1, 0)),
    d: () => current && void act(current),
    enter: () => current && open(current),
  });
  useEffect(() => {
    document.querySelector('.today-line.now')?.scrollIntoView({ block: 'nearest' });
  });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const visits = items.filter((item) => item.kind === 'visit').length;
  const order = async () => {
    try {
      const { metres, unknown } = await post<{ metres: number; unknown: number }>('/visits/route', {
        date: data.day,
      });
      const said = unknown === 0 ? 'ordered' : metres > 0 ? 'orderedSome' : 'orderedNone';
      toast(t(`today.${said}`, { km: (metres / 1000).toFixed(1), count: unknown }), { kind: 'good' });
      refreshWork();
    } catch (failure) {
      toastError(failure);
    }
  };
  return (
    <div className="page today-page">
      <DayHead today={data}>
        <Suspense fallback={null}>
          <OverdueLink team={team} />
        </Suspense>
        {(teams.data?.length ?? 0) > 1 && (
          <Segmented
            value={team ? 'team' : 'mine'}
            options={[
              { value: 'mine', label: t('today.mine') },
              { value: 'team', label: t('today.team') },
            ]}
            onChange={(value) => setTeam(value === 'team')}
          />
        )}
        {follows && !phone && <Button onClick={() => void follow(null)}>{t('today.follow')}</Button>}
      </DayHead>
      <div className="today-columns">
        <section className="card" aria-label={t('today.todo')}>
          <header>
            <h2>{t('today.todo')}</h2>
            <span className="tag dai">{data.more ? `${items.length}+` : items.length}</span>
            <span className="fill" />
            {visits > 1 && !team ? (
              <Button size="small" onClick={() => void order()}>
                {t('today.order')}
              </Button>
            ) : (
              <span className="quiet">{t('today.sorted')}</span>
            )}
          </header>
          <ul className="today-list">
            {items.map((item, index) => (
              <TodayLine
                key={item.key}
                item={item}
                today={data.day}
                now={item === current && at > 0}
                onFocus={() => setAt(index)}
                onAct={() => void act(item)}
                onOpen={() => open(item)}
                onFollow={follows && item.customer ? () => void follow(item.customer) : null}
              />
            ))}
          </ul>
          {items.length === 0 && <Empty name={me.name} />}
        </section>
        <div className="today-side">
          <MonthCard />
          <NewsCard />
        </div>
      </div>
    </div>
  );
}

function Empty({ name }: { name: string }) {
  const { t } = useTranslation();
  const meta = useMeta();
  const visit = meta.entity('visit');
  const task = meta.entity('task');
  const make = async (what: typeof visit) => {
    if (what && (await openCreate(what))) refreshWork();
  };
  return (
    <div className="empty-page">
      <h2>{t('today.empty', { name })}</h2>
      <p>{t('today.emptyText')}</p>
      <div className="tag-row">
        {visit && may(visit, 'create') && (
          <Button type="primary" onClick={() => void make(visit)}>
            {t('today.planVisit')}
          </Button>
        )}
        {task && may(task, 'create') && <Button onClick={() => void make(task)}>{t('today.newTask')}</Button>}
      </div>
    </div>
  );
}

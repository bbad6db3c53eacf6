import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import type { Link as Reference } from '../../../web/api/types.ts';
import { shortInstant } from '../../../web/fields/format.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { ask } from '../../../web/shell/ask.tsx';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { type Done, type Overview, refreshHandovers, useOverview } from './api.ts';
import './handover.css';

/** What others gave to me; for those who give customers away, whose open work waits and what was handed over. */
export function HandoverPage() {
  const { t } = useTranslation();
  const customer = useMeta().entity('customer');
  return (
    <div className="page narrow handover-page">
      <div className="head">
        <h1 tabIndex={-1}>{t('handover.title')}</h1>
      </div>
      <Received />
      {customer && may(customer, 'transfer') && <Giving />}
    </div>
  );
}

function Received() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['handovers', 'received'],
    queryFn: () =>
      get<{ items: { id: string; name: string; at: string; count: number; customers: number }[] }>(
        '/handovers/received',
      ),
    staleTime: 10_000,
  });
  if (!data) return <PageSkeleton />;
  return (
    <section className="card">
      <header>
        <h2>{t('handover.received')}</h2>
      </header>
      {data.items.length === 0 && <p className="quiet card-body">{t('handover.noneReceived')}</p>}
      <ul className="handover-list">
        {data.items.map((each) => (
          <li key={each.id}>
            <span className="handover-who">
              <b>{each.name}</b>
              <small>
                {t('handover.receivedCount', { count: each.count, customers: each.customers })} ·{' '}
                {shortInstant(each.at)}
              </small>
            </span>
            <Link className="button" to={`/briefing/${each.id}` as string}>
              {t('handover.read')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Giving() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data, error, refetch } = useOverview();
  const [person, setPerson] = useState<Reference | null>(null);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const open = (id: string) => void navigate({ to: `/handover/${id}` as string });
  return (
    <>
      <section className="card">
        <header>
          <h2>{t('handover.waiting', { count: data.waiting.length })}</h2>
        </header>
        {data.waiting.length === 0 && <p className="quiet card-body">{t('handover.noneWaiting')}</p>}
        <ul className="handover-list">
          {data.waiting.map((each) => (
            <li key={each.id}>
              <span className="handover-who">
                <b>{each.name}</b>
                <small>{[each.department, counted(data, each.open)].filter(Boolean).join(' · ')}</small>
              </span>
              <Button type="primary" onClick={() => open(each.id)}>
                {t('handover.go')}
              </Button>
            </li>
          ))}
        </ul>
      </section>
      <section className="card">
        <header>
          <h2>{t('handover.moving')}</h2>
        </header>
        <div className="card-body handover-moving">
          <label htmlFor="handover-person">{t('handover.movingText')}</label>
          <ReferencePicker
            id="handover-person"
            to="user"
            noCreate
            value={person ? [person] : []}
            onChange={(next) => setPerson(next[0] ?? null)}
          />
          <Button disabled={!person} onClick={() => person && open(person.id)}>
            {t('handover.look')}
          </Button>
        </div>
      </section>
      <History data={data} />
    </>
  );
}

/** Counts in words. */
export const counted = ({ kinds }: Pick<Overview, 'kinds'>, counts: Record<string, number>): string =>
  kinds
    .filter(({ entity }) => counts[entity])
    .map(({ entity, label }) => `${label} ${counts[entity]}`)
    .join('、');

function History({ data }: { data: Overview }) {
  const { t } = useTranslation();
  const { me } = useMeta();
  const undo = async (each: Done) => {
    const yes = await ask({
      title: t('handover.undoTitle', { name: each.name }),
      body: t('handover.undoText'),
      action: t('undo'),
      danger: true,
    });
    if (!yes) return;
    try {
      const { restored, changed } = await post<{ restored: number; changed: { title: string }[] }>(
        `/handovers/${each.id}/undo`,
      );
      toast(t('handover.undone', { count: restored }), {
        kind: 'good',
        ...(changed.length
          ? {
              detail: t('handover.changed', { names: changed.map(({ title }) => title).join('、') }),
              life: null,
            }
          : {}),
      });
    } catch (error) {
      toastError(error);
    }
    refreshHandovers();
  };
  if (data.done.length === 0) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('handover.history')}</h2>
      </header>
      <ul className="handover-list">
        {data.done.map((each) => (
          <li key={each.id}>
            <span className="handover-who">
              <b>{each.name}</b>
              <small>
                {[
                  t(`handover.state.${each.state}`),
                  each.state === 'done' && counted(data, (each.result ?? {}) as Record<string, number>),
                  each.createdBy,
                  shortInstant(each.doneAt ?? each.createdAt),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </span>
            {each.undoable && <Button onClick={() => void undo(each)}>{t('undo')}</Button>}
          </li>
        ))}
      </ul>
      {me.administrator ? null : <p className="quiet card-body">{t('handover.ownOnly')}</p>}
      <p className="card-body">
        <Link to={'/admin/users' as string}>{t('handover.people')}</Link>
      </p>
    </section>
  );
}

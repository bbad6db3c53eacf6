import { Link } from '@tanstack/react-router';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../web/api/records.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import { shortInstant } from '../../../web/fields/format.ts';
import { useDebounced } from '../../../web/shell/hooks.ts';
import { PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { AssignDialog } from './AssignDialog.tsx';
import { type MyPool, moveCustomers } from './api.ts';

/** What waits in a pool: one line says who, and the one button takes it. */
export function Customers({ pool }: { pool: MyPool }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const q = useDebounced(typed, 250);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [assigning, setAssigning] = useState(false);
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useList('customers', {
    filter: { field: 'pool', op: 'eq', value: pool.id },
    sort: '-updatedAt',
    q: q || undefined,
  });
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const claim = async (ids: string[]) => {
    setBusy(new Set(ids));
    await moveCustomers('claim', { ids });
    setBusy(new Set());
    setChosen(new Set());
  };
  const toggle = (id: string) =>
    setChosen((held) => new Set(held.has(id) ? [...held].filter((each) => each !== id) : [...held, id]));
  const ids = [...chosen];
  return (
    <>
      <div className="pool-bar">
        <Input
          allowClear
          className="pool-find"
          value={typed}
          placeholder={t('pools.find')}
          aria-label={t('pools.find')}
          onChange={(event) => setTyped(event.target.value)}
        />
        <span className="fill" />
        {ids.length > 0 && (
          <>
            <b>{t('list.selected', { count: ids.length })}</b>
            {pool.mayAssign && <Button onClick={() => setAssigning(true)}>{t('pools.assign')}</Button>}
            {pool.mayClaim && (
              <Button type="primary" loading={busy.size > 1} onClick={() => void claim(ids)}>
                {t('pools.claimMany', { count: ids.length })}
              </Button>
            )}
          </>
        )}
      </div>
      {!data ? (
        <PageSkeleton />
      ) : rows.length === 0 ? (
        <div className="empty-page card">
          <h2>{t(q ? 'pools.notFound' : 'pools.empty')}</h2>
          <p>{t(q ? 'pools.notFoundText' : 'pools.emptyText')}</p>
        </div>
      ) : (
        <section className="card">
          <ul className="pool-list" aria-label={pool.name}>
            {rows.map((row) => (
              <li key={row.id}>
                <Checkbox
                  checked={chosen.has(row.id)}
                  aria-label={t('pools.choose', { title: row.title })}
                  onChange={() => toggle(row.id)}
                />
                <Who row={row} />
                {pool.mayClaim && (
                  <Button
                    type="primary"
                    loading={busy.has(row.id)}
                    aria-label={t('pools.claimOne', { title: row.title })}
                    onClick={() => void claim([row.id])}
                  >
                    {t('pools.claim')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {hasNextPage && (
            <Button block type="text" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('timeline.more')}
            </Button>
          )}
        </section>
      )}
      {assigning && (
        <AssignDialog
          target={{ ids }}
          count={ids.length}
          onClose={(done) => {
            setAssigning(false);
            if (done) setChosen(new Set());
          }}
        />
      )}
    </>
  );
}

function Who({ row }: { row: WireRecord }) {
  const { t } = useTranslation();
  const last = row.lastContactAt as string | null | undefined;
  const facts = [
    [row.province, row.city].filter(Boolean).join(' '),
    row.phone,
    last ? t('pools.lastContact', { when: shortInstant(last) }) : t('pools.neverContacted'),
  ].filter(Boolean);
  return (
    <Link to="/r/$plural/$id" params={{ plural: 'customers', id: row.id }} className="pool-who">
      <b>{row.title}</b>
      <small>{facts.join(' · ')}</small>
    </Link>
  );
}

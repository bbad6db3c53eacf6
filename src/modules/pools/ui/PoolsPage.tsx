import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { type MyPool, usePools } from './api.ts';
import { Customers } from './Customers.tsx';
import { Recycling } from './Recycling.tsx';
import './pools.css';

/** The pools one may take from, how much one may still take, and what waits in each. */
export function PoolsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pool: wanted, tonight } = useSearch({ strict: false }) as { pool?: string; tonight?: boolean };
  const { data, error, refetch } = usePools();
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const now = data.items.find((pool) => pool.id === wanted) ?? data.items[0];
  const open = (search: object) => void navigate({ to: '/pools' as string, search: search as never });
  return (
    <div className="page full pools-page">
      <div className="head">
        <h1 tabIndex={-1}>{t('pools.title')}</h1>
      </div>
      <div className="tabs" role="tablist" aria-label={t('pools.title')}>
        {data.items.map((pool) => (
          <button
            key={pool.id}
            type="button"
            role="tab"
            aria-selected={!tonight && pool === now}
            className={!tonight && pool === now ? 'on' : ''}
            onClick={() => open({ pool: pool.id })}
          >
            {pool.name} <span className="quiet">{pool.count.toLocaleString()}</span>
          </button>
        ))}
        <button
          type="button"
          role="tab"
          aria-selected={Boolean(tonight)}
          className={tonight ? 'on' : ''}
          onClick={() => open({ tonight: true })}
        >
          {t('pools.tonight')}
        </button>
      </div>
      {tonight ? (
        <Recycling />
      ) : now ? (
        <>
          <Limits pool={now} />
          <Customers key={now.id} pool={now} />
        </>
      ) : (
        <div className="empty-page card">
          <h2>{t('pools.none')}</h2>
          <p>{t('pools.noneText')}</p>
        </div>
      )}
    </div>
  );
}

/** How much one holds and may still take. */
function Limits({ pool }: { pool: MyPool }) {
  const { t } = useTranslation();
  const of = (n: number, max: number | null) => (max === null ? String(n) : `${n} / ${max}`);
  return (
    <p className="quiet pool-limits">
      <span>{t('pools.held', { of: of(pool.held, pool.claimLimit) })}</span>
      <span>{t('pools.today', { of: of(pool.today, pool.dailyClaimLimit) })}</span>
      <span>{t('pools.viewed', { of: of(pool.viewed, pool.dailyViewLimit) })}</span>
      {pool.protectedDays ? <span>{t('pools.protection', { count: pool.protectedDays })}</span> : null}
    </p>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { moneyText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import type { RebateProgress as Progress } from '../rebate/read/progress.ts';
import { RebateProgress } from './RebateProgress.tsx';
import './commission.css';

/** Which customers are how near to their next tier: what one has to tell them. */
export function RebatesPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const [wanted, setWanted] = useState('');
  const entity = meta.entity('rebateAgreement');
  const { data, error, refetch } = useQuery({
    queryKey: ['short', 'rebate-agreements', 'progress'],
    enabled: !!entity,
    queryFn: ({ signal }) => get<{ items: Progress[] }>('/rebates', {}, signal),
  });
  if (!entity) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const asked = wanted.trim().toLowerCase();
  const items = data.items.filter(({ name, customer }) =>
    `${name} ${customer.title ?? ''}`.toLowerCase().includes(asked),
  );
  return (
    <div className="page full commission-page">
      <div className="head">
        <h1 tabIndex={-1}>{t('rebates.title')}</h1>
        <span className="fill" />
        <Link className="button" to="/r/$plural" params={{ plural: 'rebate-agreements' }}>
          {t('rebates.all')}
        </Link>
        {may(entity, 'create') && (
          <button type="button" className="button primary" onClick={() => void openCreate(entity, {})}>
            {t('rebates.add')}
          </button>
        )}
      </div>
      {data.items.length > 5 && (
        <Input
          className="rebate-find"
          allowClear
          aria-label={t('rebates.find')}
          placeholder={t('rebates.find')}
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
        />
      )}
      {items.length === 0 && <p className="quiet">{t(asked ? 'rebates.noneFound' : 'rebates.none')}</p>}
      <ul className="rebate-list">
        {items.map((progress) => (
          <li key={progress.id} className="card pad">
            <div className="commission-row-head">
              <Link to="/r/$plural/$id" params={{ plural: 'rebate-agreements', id: progress.id }}>
                <strong>{progress.customer.title ?? progress.name}</strong>
              </Link>
              <span className="quiet">{progress.name}</span>
              <span className="fill" />
              {Number(progress.credit) > 0 && (
                <span className="tag song">
                  {t('rebates.credit', {
                    amount: moneyText({ amount: progress.credit, currency: progress.currency }),
                  })}
                </span>
              )}
            </div>
            <RebateProgress progress={progress} />
          </li>
        ))}
      </ul>
    </div>
  );
}

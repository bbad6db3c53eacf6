import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { dayOf } from '../../../web/fields/format.ts';
import type { ReportKind } from './api.ts';
import { OwnReport } from './OwnReport.tsx';
import './reports.css';
import { TeamReports } from './TeamReports.tsx';

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));

/** Daily and weekly reports: my own, and my people's. */
export function ReportsPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const [kind, setKind] = useState<ReportKind>('day');
  const [date, setDate] = useState<string | null>(null);
  const entity = meta.entity('workReport');
  const quota = meta.entity('reportQuota');
  return (
    <div className="page full reports">
      <div className="head">
        <h1 tabIndex={-1}>{t('reports.title')}</h1>
        <Segmented
          value={kind}
          onChange={setKind}
          options={[
            { value: 'day', label: t('reports.day') },
            { value: 'week', label: t('reports.week') },
          ]}
        />
        <Suspense fallback={null}>
          <span className="report-date">
            <DateInput
              label={t('reports.date')}
              withTime={false}
              value={date ?? dayOf(new Date().toISOString())}
              onChange={setDate}
            />
          </span>
        </Suspense>
        <span className="fill" />
        <Link className="button" to="/r/$plural" params={{ plural: 'work-reports' }}>
          {t('reports.all')}
        </Link>
        {quota && may(quota, 'create') && (
          <Link className="button" to="/r/$plural" params={{ plural: quota.plural }}>
            {quota.label}
          </Link>
        )}
      </div>
      <div className="report-columns">
        {entity && may(entity, 'create') && <OwnReport kind={kind} date={date} />}
        <TeamReports kind={kind} date={date} />
      </div>
    </div>
  );
}

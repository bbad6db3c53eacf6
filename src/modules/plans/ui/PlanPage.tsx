import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { periodName } from '../../../platform/time/period.shared.ts';
import { url } from '../../../web/api/client.ts';
import { download } from '../../../web/api/download.ts';
import { fieldOf, may, useMeta } from '../../../web/api/meta.tsx';
import { useRecord } from '../../../web/api/records.ts';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { FieldValue } from '../../../web/fields/FieldValue.tsx';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { toastError } from '../../../web/shell/toasts.tsx';
import { NextStep } from './PlanSteps.tsx';
import './plans.css';

const Editor = lazy(() => import('./Editor.tsx').then((m) => ({ default: m.Editor })));
const ProgressView = lazy(() => import('./ProgressView.tsx').then((m) => ({ default: m.ProgressView })));

/** A sales plan: its lines by month in a grid, and beside what came of it. */
export function PlanPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const entity = useMeta().entity('salesPlan');
  const { data, error, refetch } = useRecord('sales-plans', id);
  if (!entity) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <Plan entity={entity} plan={data} />;
}

function Plan({ entity, plan }: { entity: MetaEntity; plan: WireRecord }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { view } = useSearch({ strict: false }) as { view?: 'progress' };
  const status = fieldOf(entity, 'status');
  const startsOn = String(plan.startsOn);
  const file = `/sales-plans/${plan.id}/file`;
  const show = (next: string) =>
    void navigate({
      to: `/plans/${plan.id}` as string,
      search: (next === 'progress' ? { view: next } : {}) as never,
      replace: true,
    });
  return (
    <div className="page full plan-page">
      <div className="head">
        <Link className="quiet crumb" to="/r/$plural" params={{ plural: entity.plural }}>
          {entity.label}
        </Link>
        <h1 tabIndex={-1}>
          <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: plan.id }}>
            {plan.title}
          </Link>
        </h1>
        {status && <FieldValue field={status} value={plan.status} />}
        <span className="quiet">
          {periodName('year', startsOn, Number(startsOn.slice(5, 7)))} ·{' '}
          {t('planning.edition', { edition: plan.edition ?? 1 })}
        </span>
        <span className="fill" />
        {may(entity, 'export') && (
          <>
            <button
              type="button"
              className="button"
              onClick={() => void download(file, { format: 'xlsx' }).catch(toastError)}
            >
              {t('planning.xlsx')}
            </button>
            <a className="button" href={url(file, { format: 'pdf' })} target="_blank" rel="noreferrer">
              {t('planning.print')}
            </a>
          </>
        )}
        <NextStep entity={entity} record={plan} />
      </div>
      <Segmented
        className="plan-views"
        aria-label={t('planning.view')}
        value={view ?? 'plan'}
        onChange={show}
        options={['plan', 'progress'].map((value) => ({ value, label: t(`planning.view.${value}`) }))}
      />
      <Suspense fallback={<PageSkeleton />}>
        {view === 'progress' ? (
          <ProgressView plan={plan} />
        ) : (
          <Editor key={plan.version} entity={entity} plan={plan} />
        )}
      </Suspense>
    </div>
  );
}

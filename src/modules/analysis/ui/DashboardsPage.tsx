import { Link, Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import type { WireRecord } from '../../../web/api/types.ts';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toastError } from '../../../web/shell/toasts.tsx';
import { refreshAnalysis, useDashboards } from './api.ts';
import './analysis.css';

/** The dashboard one begins with; or which there are. */
export function DashboardsPage() {
  const { t } = useTranslation();
  const { all } = useSearch({ strict: false }) as { all?: boolean };
  const { data, error, refetch } = useDashboards();
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const [first] = data.items;
  if (first && !all) return <Navigate to={`/dashboards/${first.id}` as string} replace />;
  return (
    <div className="page full">
      <div className="head">
        <h1 tabIndex={-1}>{t('analysis.dashboards')}</h1>
        <span className="fill" />
        <NewDashboard primary />
      </div>
      {data.items.length === 0 ? (
        <div className="empty-page card">
          <h2>{t('analysis.noDashboard')}</h2>
          <p>{t('analysis.noDashboardText')}</p>
        </div>
      ) : (
        <ul className="report-cards">
          {data.items.map(({ id, name, owner, mine, home }) => (
            <li key={id} className="card">
              <Link to={`/dashboards/${id}` as string}>{name}</Link>
              {home && <span className="tag">{t('analysis.home')}</span>}
              <p className="quiet">{mine ? t('analysis.mine') : owner}</p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Begins a dashboard with what most want to know. */
export function NewDashboard({ primary = false }: { primary?: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const entity = useMeta().entity('dashboard');
  if (!entity || !may(entity, 'create')) return null;
  const create = () =>
    post<WireRecord>('/dashboards', { name: t('analysis.myDashboard'), tiles: [] }).then((made) => {
      refreshAnalysis();
      void navigate({ to: `/dashboards/${made.id}` as string, search: { edit: true } as never });
    }, toastError);
  return (
    <button type="button" className={primary ? 'button primary' : 'button'} onClick={() => void create()}>
      {t('analysis.newDashboard')}
    </button>
  );
}

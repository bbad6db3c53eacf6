import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import type { Catalogue } from '../run/answer.shared.ts';
import { useCatalogue } from './api.ts';
import './analysis.css';

/** All reports one may use: those people keep, and those the house brings along. */
export function CataloguePage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const { data, error, refetch } = useCatalogue();
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const reports = meta.entity('savedReport');
  const mailings = meta.entity('reportMailing');
  return (
    <div className="page full">
      <div className="head">
        <h1 tabIndex={-1}>{t('analysis.title')}</h1>
        <span className="quiet">{t('analysis.about')}</span>
        <span className="fill" />
        {mailings && may(mailings, 'read') && (
          <Link className="button" to="/r/$plural" params={{ plural: mailings.plural }}>
            {mailings.manyLabel}
          </Link>
        )}
        {reports && may(reports, 'create') && (
          <Link className="button primary" to={'/analysis/new' as string}>
            {t('analysis.new')}
          </Link>
        )}
      </div>
      <Kept saved={data.saved} />
      <h2 className="report-part-title">{t('analysis.shipped')}</h2>
      <ul className="report-cards">
        {data.shipped.map(({ name, title, about, chart }) => (
          <li key={name} className="card">
            <Link to={`/analysis/shipped/${name}` as string}>{title}</Link>
            <span className="tag">{t(`analysis.charts.${chart}`)}</span>
            <p className="quiet">{about}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Kept({ saved }: Pick<Catalogue, 'saved'>) {
  const { t } = useTranslation();
  const meta = useMeta();
  if (saved.length === 0) return null;
  return (
    <>
      <h2 className="report-part-title">{t('analysis.kept')}</h2>
      <ul className="report-cards">
        {saved.map(({ id, name, description, entity, chart, owner, mine }) => (
          <li key={id} className="card">
            <Link to={`/analysis/${id}` as string}>{name}</Link>
            <span className="tag">{t(`analysis.charts.${chart}`)}</span>
            <p className="quiet">
              {[meta.entity(entity)?.label, mine ? t('analysis.mine') : owner, description]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

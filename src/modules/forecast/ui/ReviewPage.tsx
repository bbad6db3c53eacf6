import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import { instantText } from '../../../web/fields/format.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { useForecast, useSubmissions } from './api.ts';
import { Head } from './Head.tsx';
import { Moves } from './Moves.tsx';
import { Risks } from './Risks.tsx';
import { Team } from './Team.tsx';
import type { Wish } from './wish.ts';
import './forecast.css';

/** The Monday review: the team side by side, what moved since last week, and what is endangered, to be settled on the spot. */
export function ReviewPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('opportunity');
  const { period } = useSearch({ strict: false }) as Wish;
  const { data, error, refetch } = useForecast({ ...(period ? { period } : {}), by: 'owner' });
  const submissions = useSubmissions(data?.period ?? 'month');
  if (!entity) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <div className="page full forecast-page">
      <Head title={t('forecast.review')} page={data} to="/forecast/review" wish={period ? { period } : {}}>
        <Link className="button" to={'/forecast' as string} search={{ period: data.period } as never}>
          {t('forecast.title')}
        </Link>
        <button type="button" className="button" onClick={() => window.print()}>
          {t('analysis.print')}
        </button>
      </Head>
      {submissions.data && (
        <p className="quiet">{t('forecast.closes', { at: instantText(submissions.data.closesAt) })}</p>
      )}
      <Team page={data} submissions={submissions.data} />
      <Moves page={data} entity={entity} />
      <Risks period={data.period} entity={entity} />
    </div>
  );
}

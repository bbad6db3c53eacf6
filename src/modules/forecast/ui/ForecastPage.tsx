import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import type { MetaEntity } from '../../../web/api/types.ts';
import { instantText } from '../../../web/fields/format.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { ReportFiles } from '../../analysis/ui/index.ts';
import { tell, useForecast } from './api.ts';
import { conditionsOf } from './conditions.ts';
import { Head } from './Head.tsx';
import { Lines } from './Lines.tsx';
import { Narrow } from './Narrow.tsx';
import { Promised } from './Promised.tsx';
import { Sums } from './Sums.tsx';
import { narrowed, type Wish } from './wish.ts';
import './forecast.css';

const BY = ['owner', 'department', 'product', 'pipeline'] as const;

/** What a period will bring: by category, weighted and by model, person by person down to the business. */
export function ForecastPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const entity = useMeta().entity('opportunity');
  const wish = useSearch({ strict: false }) as Wish;
  const { data, error, refetch } = useForecast(wish);
  if (!entity) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const by = wish.by ?? 'owner';
  return (
    <div className="page full forecast-page">
      <Head title={t('forecast.title')} page={data} to="/forecast" wish={wish}>
        <Link className="button" to={'/forecast/review' as string} search={{ period: data.period } as never}>
          {t('forecast.review')}
        </Link>
        <Link className="button" to={'/forecast/backtest' as string}>
          {t('forecast.backtest')}
        </Link>
        {may(entity, 'transfer') && <Keep />}
        <Files entity={entity} at={BY.indexOf(by)} from={data.from} to={data.last} wish={wish} />
      </Head>
      <Narrow page={data} wish={wish} />
      <Sums page={data} />
      {/* A promise is of all that is one’s own, whatever is looked at. */}
      {Object.keys(narrowed(wish)).length === 0 && <Promised page={data} />}
      <section className="card" aria-label={t('forecast.lines')}>
        <header>
          <h2>{t('forecast.lines')}</h2>
          <span className="fill" />
          <Segmented
            size="small"
            aria-label={t('forecast.by')}
            value={by}
            onChange={(next) =>
              void navigate({
                to: '/forecast' as string,
                search: { ...wish, by: next } as never,
                replace: true,
              })
            }
            options={BY.map((value) => ({ value, label: t(`forecast.by.${value}`) }))}
          />
        </header>
        <Lines page={data} entity={entity} wish={wish} />
      </section>
      <p className="quiet">
        {t('forecast.asOf', { at: instantText(data.at) })}
        {data.refreshing ? ` · ${t('forecast.refreshing')}` : ''}
      </p>
    </div>
  );
}

/** Keeps how it stands, to compare with later. */
function Keep() {
  const { t } = useTranslation();
  const keep = () =>
    tell('/snapshots', {}).then(() => toast(t('forecast.kept'), { kind: 'good' }), toastError);
  return (
    <button type="button" className="button" onClick={() => void keep()}>
      {t('forecast.keep')}
    </button>
  );
}

interface FilesProps {
  entity: MetaEntity;
  at: number;
  from: string;
  to: string;
  wish: Wish;
}

function Files({ entity, at, from, to, wish }: FilesProps) {
  const parts = conditionsOf(wish);
  const filter = parts.length ? { filter: { and: parts } } : {};
  return (
    <Suspense fallback={null}>
      <ReportFiles
        entity={entity}
        source={{ shipped: 'salesForecast', by: at, period: { from, to }, ...filter }}
      />
    </Suspense>
  );
}

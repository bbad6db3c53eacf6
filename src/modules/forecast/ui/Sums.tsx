import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { instantText } from '../../../web/fields/format.ts';
import { JobProgress } from '../../../web/shell/JobProgress.tsx';
import { toastError } from '../../../web/shell/toasts.tsx';
import type { ForecastPage } from '../page/page.shared.ts';
import { refreshForecast, tell, useMoney } from './api.ts';

/** The whole of a period: what is sure, what is promised, what is likely, and what history makes of it. */
export function Sums({ page: { total, model, withoutRate } }: { page: ForecastPage }) {
  const { t } = useTranslation();
  const rates = useMeta().entity('exchangeRate');
  const money = useMoney();
  const share =
    total.costed !== null && Number(total.weighted) > 0
      ? Math.round((100 * Number(total.costed)) / Number(total.weighted))
      : null;
  return (
    <div className="forecast-sums">
      <section className="card" aria-label={t('forecast.byCategory')}>
        <h2>{t('forecast.byCategory')}</h2>
        <dl>
          {(['won', 'commit', 'best', 'pipeline', 'omitted'] as const).map((name) => (
            <div key={name} className={`forecast-${name}`}>
              <dt>{t(`forecast.${name}`)}</dt>
              <dd>{money(total[name])}</dd>
            </div>
          ))}
        </dl>
        {total.unvalued > 0 && <p className="quiet">{t('forecast.unvalued', { count: total.unvalued })}</p>}
        {total.unrated > 0 && (
          <p className="forecast-unrated" role="status">
            {t('forecast.unrated', { count: total.unrated, currencies: withoutRate.join(t('forecast.and')) })}{' '}
            {rates && (
              <Link to="/r/$plural" params={{ plural: rates.plural }}>
                {t('forecast.toRates')}
              </Link>
            )}
          </p>
        )}
      </section>
      <section className="card" aria-label={t('forecast.weighted')}>
        <h2 title={t('forecast.weightedHow')}>{t('forecast.weighted')}</h2>
        <strong>{money(total.weighted)}</strong>
        <p className="quiet">
          {total.learnt === null
            ? t('forecast.learntNone')
            : t('forecast.learnt', { amount: money(total.learnt) })}
        </p>
        {total.profit !== null && (
          <p className="quiet" title={t('forecast.profitHow')}>
            {share ? t('forecast.profit', { amount: money(total.profit), share }) : t('forecast.profitNone')}
          </p>
        )}
      </section>
      <Model model={model} />
    </div>
  );
}

function Model({ model }: Pick<ForecastPage, 'model'>) {
  const { t } = useTranslation();
  const money = useMoney();
  return (
    <section className="card" aria-label={t('forecast.model')}>
      <h2 title={t('forecast.modelHow')}>{t('forecast.model')}</h2>
      {model.state === 'on' ? (
        <>
          <strong>{money(model.mean)}</strong>
          <p>{t('forecast.interval', { low: money(model.low), high: money(model.high) })}</p>
          <p className="quiet">
            {t('forecast.parts', {
              won: money(model.won),
              open: money(model.open),
              fresh: money(model.fresh),
            })}
          </p>
          <p className="quiet">{t('forecast.learntAt', { at: instantText(model.at) })}</p>
        </>
      ) : (
        <p className="quiet">
          {model.state === 'few' ? t('forecast.few', { ...model }) : t(`forecast.model.${model.state}`)}
        </p>
      )}
      {model.state === 'none' && <Learn />}
    </section>
  );
}

/** Learns now instead of next night. */
export function Learn() {
  const { t } = useTranslation();
  const entity = useMeta().entity('opportunity');
  const [job, setJob] = useState<string | null>(null);
  if (!entity || !may(entity, 'transfer')) return null;
  if (job) return <JobProgress id={job} onDone={refreshForecast} />;
  return (
    <button
      type="button"
      className="button"
      onClick={() =>
        void tell<{ jobId: string }>('/learn', {}).then(({ jobId }) => setJob(jobId), toastError)
      }
    >
      {t('forecast.learn')}
    </button>
  );
}

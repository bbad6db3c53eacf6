import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import { instantText } from '../../../web/fields/format.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { ReportAnswer, ReportFiles } from '../../analysis/ui/index.ts';
import type { Score } from '../backtest/score.shared.ts';
import { useBacktest, useCard } from './api.ts';
import { Learn } from './Sums.tsx';
import './forecast.css';

const UNITS = ['month', 'quarter'] as const;

/** Past forecasts, made with what was known on their first day, against what came; and against a plain look back. */
export function BacktestPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('opportunity');
  const [unit, setUnit] = useState<'month' | 'quarter'>('month');
  const { data, error, refetch } = useBacktest(unit);
  const { data: card } = useCard();
  if (!entity) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data || !card) return <PageSkeleton />;
  const source = { shipped: 'forecastBacktest', by: UNITS.indexOf(unit) };
  const { model, naive } = data.scores;
  return (
    <div className="page full forecast-page">
      <div className="head">
        <h1 tabIndex={-1}>{t('forecast.backtest')}</h1>
        <Segmented
          aria-label={t('forecast.unit')}
          value={unit}
          onChange={setUnit}
          options={UNITS.map((value) => ({ value, label: t(`forecast.${value}`) }))}
        />
        <span className="fill" />
        <Link className="button" to={'/forecast' as string}>
          {t('forecast.title')}
        </Link>
        <Suspense fallback={null}>
          <ReportFiles entity={entity} source={source} />
        </Suspense>
      </div>
      <section className="card card-body" aria-label={t('forecast.how')}>
        <p>
          {card.state === 'on'
            ? t('forecast.learntFrom', {
                won: card.won,
                lost: card.lost,
                days: card.days,
                at: instantText(card.at ?? ''),
              })
            : card.state === 'few'
              ? t('forecast.few', {
                  won: card.won,
                  needed: card.neededWon,
                  days: card.days,
                  neededDays: card.neededDays,
                })
              : t('forecast.model.none')}
        </p>
        <p className="quiet">{t('forecast.honest')}</p>
        {card.state !== 'on' && <Learn />}
      </section>
      {model.periods > 0 && (
        <section className="card scroll-x" aria-label={t('forecast.scores')}>
          <table className="plain-table">
            <thead>
              <tr>
                {['who', 'periods', 'wape', 'mape', 'bias', 'inside'].map((name) => (
                  <th
                    key={name}
                    scope="col"
                    className={name === 'who' ? '' : 'num'}
                    title={t(`forecast.score.${name}How`, '')}
                  >
                    {t(`forecast.score.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <ScoreRow name="model" score={model} inside={`${model.inside} / ${model.periods}`} />
              {(['last', 'average', 'year'] as const).map((which) => (
                <ScoreRow key={which} name={which} score={naive[which]} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <section className="card report-said" aria-label={t('forecast.backtest')}>
        <Suspense fallback={<div className="skeleton" />}>
          <ReportAnswer source={source} chart="line" label={t('forecast.backtest')} />
        </Suspense>
      </section>
    </div>
  );
}

function ScoreRow({ name, score, inside }: { name: string; score: Score; inside?: string }) {
  const { t } = useTranslation();
  const share = (part: number | null) => (part === null ? '—' : `${(100 * part).toFixed(1)}%`);
  return (
    <tr>
      <th scope="row">{t(`forecast.by.${name}`)}</th>
      <td className="num">{score.periods}</td>
      <td className="num">{share(score.wape)}</td>
      <td className="num">{share(score.mape)}</td>
      <td className="num">{share(score.bias)}</td>
      <td className="num">{inside ?? '—'}</td>
    </tr>
  );
}

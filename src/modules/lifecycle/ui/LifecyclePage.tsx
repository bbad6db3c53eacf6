import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import type { Filter } from '../../../web/api/types.ts';
import { dayOf } from '../../../web/fields/format.ts';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import {
  type Model,
  type Moves,
  nameOf,
  type Period,
  stageName,
  useFunnel,
  useModels,
  useMoved,
} from './api.ts';
import './lifecycle.css';

const SPANS = [7, 30, 90, 365] as const;

/** Where customers stand in both models, and how they moved in a period. */
export function LifecyclePage() {
  const { t } = useTranslation();
  const { administrator } = useMeta().me;
  const { data, error, refetch } = useModels();
  const [days, setDays] = useState<number>(30);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <div className="page full">
      <div className="head">
        <h1 tabIndex={-1}>{t('lifecycle.title')}</h1>
        <span className="quiet">{t('lifecycle.text')}</span>
        <span className="fill" />
        <Select
          aria-label={t('lifecycle.period')}
          value={days}
          options={SPANS.map((value) => ({ value, label: t('lifecycle.lastDays', { days: value }) }))}
          onChange={setDays}
        />
      </div>
      {data.map((model) => (
        <section className="card stage-model" key={model.code}>
          <header>
            <h2>{t(`lifecycle.model.${model.code}`)}</h2>
            {!model.active && <span className="tag">{t('lifecycle.off')}</span>}
            <span className="fill" />
            {administrator && (
              <Link
                className={model.active ? 'link' : 'button primary'}
                to={`/lifecycle/${model.code}` as string}
              >
                {t(model.active ? 'lifecycle.edit' : 'lifecycle.look')}
              </Link>
            )}
          </header>
          <div className="card-body">
            {model.problem && (
              <p className="stage-problem" role="alert">
                {t('lifecycle.problem', { reason: model.problem })}
              </p>
            )}
            {model.active ? (
              <Funnel model={model} period={lastDays(days)} />
            ) : (
              <p className="quiet">{t(`lifecycle.about.${model.code}`)}</p>
            )}
          </div>
        </section>
      ))}
    </div>
  );
}

function lastDays(days: number): Period {
  const until = dayOf(new Date().toISOString());
  const since = new Date(Date.parse(`${until}T00:00:00Z`) - (days - 1) * 86_400_000);
  return { since: since.toISOString().slice(0, 10), until };
}

/** The stages in their order with who stands there; beneath, the moves. */
function Funnel({ model, period }: { model: Model; period: Period }) {
  const { t } = useTranslation();
  const { data } = useFunnel(model.code, period);
  const [shown, setShown] = useState<Moves | null>(null);
  if (!data) return <p className="quiet">{t('loading')}</p>;
  const field = model.code === 'life' ? 'lifeStage' : 'relationStage';
  const { stages } = model.definition;
  return (
    <>
      <ol className="stage-flow">
        {data.stages.map(({ value, label, color, count, days }) => (
          <li key={value}>
            <span className={`tag ${color ?? ''}`}>{nameOf(label)}</span>
            <Link
              to="/r/$plural"
              params={{ plural: 'customers' }}
              search={{ filter: { and: [{ field, op: 'in', value: [value] }] } as Filter }}
            >
              <b>{count.toLocaleString()}</b>
            </Link>
            <small className="quiet">
              {days === null ? '' : days === 0 ? t('lifecycle.today') : t('lifecycle.average', { days })}
            </small>
          </li>
        ))}
      </ol>
      <h3>{t('lifecycle.moves')}</h3>
      {data.moves.length === 0 && <p className="quiet">{t('lifecycle.noMoves')}</p>}
      <ul className="stage-moves">
        {data.moves.map((move) => (
          <li key={`${move.from} ${move.to}`}>
            <span>
              {move.from === null ? t('lifecycle.begin') : stageName(stages, move.from)} →{' '}
              {stageName(stages, move.to)}
            </span>
            <button type="button" className="link" onClick={() => setShown(move)}>
              {t('lifecycle.count', { count: move.count, text: move.count.toLocaleString() })}
            </button>
          </li>
        ))}
      </ul>
      {shown && <Behind model={model} period={period} move={shown} />}
    </>
  );
}

function Behind({ model, period, move }: { model: Model; period: Period; move: Moves }) {
  const { t } = useTranslation();
  const { data } = useMoved(model.code, period, move);
  const { stages } = model.definition;
  return (
    <div className="stage-behind">
      <h3>
        {move.from === null ? t('lifecycle.begin') : stageName(stages, move.from)} →{' '}
        {stageName(stages, move.to)}
      </h3>
      <ul>
        {data?.map(({ id, title, at, evidence }) => (
          <li key={id}>
            <Link to="/r/$plural/$id" params={{ plural: 'customers', id }}>
              {title}
            </Link>
            <span className="quiet">
              {dayOf(at)} {evidence}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

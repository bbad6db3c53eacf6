import { ReloadOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cellFilter, type ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import type { ChartKind } from '../../../platform/analysis/view.shared.ts';
import { ApiError, messageOf, post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { JobProgress } from '../../../web/shell/JobProgress.tsx';
import { toastError } from '../../../web/shell/toasts.tsx';
import type { Source } from '../run/source.ts';
import { AnswerTable } from './AnswerTable.tsx';
import { freshAnswer, useAnswer } from './api.ts';
import type { Mark } from './chartOptions.ts';
import { numberText, shortText } from './format.ts';

const Chart = lazy(() => import('./Chart.tsx').then((m) => ({ default: m.Chart })));

interface Props {
  source: Source | null;
  chart: ChartKind;
  label: string;
  /** On a dashboard: the chart alone. */
  tile?: boolean;
  /** Minutes after which it is asked anew. */
  every?: number | null;
}

/** What a report says: as chart and table, with its age; or why it says nothing. */
export function Answer({ source, chart, label, tile = false, every = null }: Props) {
  const { t } = useTranslation();
  const asked = source && JSON.stringify(source);
  const { data, error, isFetching, refetch } = useAnswer(asked, every);
  if (asked === null) return <p className="report-empty quiet">{t('analysis.nothingYet')}</p>;
  if (error && !isFetching) return <Failed {...{ error, asked, again: () => void refetch() }} />;
  if (!data) return <div className="skeleton report-wait" role="status" aria-label={t('loading')} />;
  return (
    <div className="report-answer" aria-busy={isFetching}>
      <Told {...{ answer: data, chart, label, tile }} />
      <Age {...{ answer: data, asked, tile }} />
    </div>
  );
}

function Told({
  answer,
  chart,
  label,
  tile,
}: {
  answer: ReportAnswer;
  chart: ChartKind;
  label: string;
  tile: boolean;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (
    answer.lines.length === 0 ||
    (answer.rows.length === 0 && answer.totals.all.every((number) => number === null))
  )
    return <p className="report-empty quiet">{t('analysis.empty')}</p>;
  const open = ({ line, column, value }: Mark) => {
    const filter = cellFilter(answer, answer.lines[line] ?? null, column, value);
    const plural = answer.values[value]?.plural ?? answer.plural;
    if (filter !== undefined)
      void navigate({ to: '/r/$plural', params: { plural }, search: filter ? { filter } : {} });
  };
  const number = chart === 'number' || (chart !== 'table' && answer.rows.length === 0);
  const drawn = chart !== 'table' && !number;
  return (
    <>
      {number && <Figures answer={answer} />}
      {drawn && (
        <Suspense fallback={<div className="report-chart" />}>
          <Chart answer={answer} chart={chart} label={label} onMark={open} />
        </Suspense>
      )}
      {(!tile || (!drawn && !number)) && <AnswerTable answer={answer} label={label} />}
      {answer.found > answer.lines.length && !tile && (
        <p className="quiet">{t('analysis.more', { shown: answer.lines.length, found: answer.found })}</p>
      )}
      {answer.uncounted && <p className="quiet">{t('analysis.uncounted', { count: answer.uncounted })}</p>}
    </>
  );
}

/** What all comes to, large. */
function Figures({ answer }: { answer: ReportAnswer }) {
  const { i18n } = useTranslation();
  const { company } = useMeta();
  return (
    <dl className="report-figures">
      {answer.values.map((told, value) => (
        <div key={told.label}>
          <dt>{told.label}</dt>
          <dd title={numberText(answer.totals.all[value], told.kind, company.currency)}>
            {shortText(answer.totals.all[value], told.kind, company.currency, i18n.language) || '—'}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const MINUTE_MS = 60_000;
/** What is older is told in hours: it was worked out by night. */
const HOURS_FROM = 120;

/** How old the answer is, and the way to a new one. */
function Age({ answer, asked, tile }: { answer: ReportAnswer; asked: string; tile: boolean }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  const minutes = Math.max(0, Math.floor((now - Date.parse(answer.at)) / MINUTE_MS));
  const again = () => {
    setBusy(true);
    freshAnswer(asked)
      .catch(toastError)
      .finally(() => {
        setBusy(false);
        setNow(Date.now());
      });
  };
  return (
    <p className="report-age quiet">
      <span>
        {minutes < 1
          ? t('analysis.justNow')
          : minutes < HOURS_FROM
            ? t('analysis.minutesAgo', { count: minutes })
            : t('analysis.hoursAgo', { count: Math.floor(minutes / 60) })}
      </span>
      {answer.refreshing && <span>{t('analysis.refreshing')}</span>}
      {!tile && <span>{t('analysis.took', { ms: answer.ms })}</span>}
      <button
        type="button"
        className="icon-button"
        disabled={busy}
        aria-label={t('analysis.again')}
        onClick={again}
      >
        <ReloadOutlined spin={busy} aria-hidden />
      </button>
    </p>
  );
}

/** Why there is no answer. What takes longer than one waits for is worked out in the background at once. */
function Failed({ error, asked, again }: { error: unknown; asked: string; again: () => void }) {
  const { t } = useTranslation();
  const [job, setJob] = useState<string | null>(null);
  const heavy = error instanceof ApiError && error.code === 'query_too_broad';
  const details = error instanceof ApiError ? (error.problem.errors ?? []).map(({ message }) => message) : [];
  useEffect(() => {
    if (!heavy) return;
    post<{ jobId: string }>('/analysis/later', { source: JSON.parse(asked) }).then(
      ({ jobId }) => setJob(jobId),
      toastError,
    );
  }, [heavy, asked]);
  if (heavy)
    return (
      <div className="report-failed" role="status">
        <p>{t('analysis.later')}</p>
        {job && <JobProgress id={job} onDone={again} />}
      </div>
    );
  return (
    <div className="report-failed" role="alert">
      <p>{[messageOf(error), ...new Set(details)].join(' ')}</p>
      <button type="button" className="button" onClick={again}>
        {t('retry')}
      </button>
    </div>
  );
}

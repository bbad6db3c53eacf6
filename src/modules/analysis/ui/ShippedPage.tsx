import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Period } from '../../../platform/analysis/shipped.ts';
import type { ChartKind } from '../../../platform/analysis/view.shared.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import DateInput from '../../../web/fields/DateInput.tsx';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import type { ShippedEntry } from '../run/answer.shared.ts';
import type { Source } from '../run/source.ts';
import { Answer } from './Answer.tsx';
import { useAnswer, useCatalogue } from './api.ts';
import { ChartChoice, FileButtons } from './BuilderPage.tsx';
import './analysis.css';

/** A report that was brought along: by what, of which time. */
export function ShippedPage() {
  const { t } = useTranslation();
  const { name = '' } = useParams({ strict: false }) as { name?: string };
  const { data, error, refetch } = useCatalogue();
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const entry = data.shipped.find((each) => each.name === name);
  if (!entry) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  return <Shipped key={name} entry={entry} />;
}

function Shipped({ entry }: { entry: ShippedEntry }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const entity = useMeta().entity(entry.entity);
  const { by = 0, period } = useSearch({ strict: false }) as { by?: number; period?: Period };
  const [chart, setChart] = useState<ChartKind>(entry.chart);
  const source: Source = {
    shipped: entry.name,
    ...(entry.by.length ? { by } : {}),
    ...(period ? { period } : {}),
  };
  const choose = (more: { by?: number; period?: Period | undefined }) => {
    const next = { by, period, ...more };
    const search = { ...(next.by ? { by: next.by } : {}), ...(next.period ? { period: next.period } : {}) };
    void navigate({
      to: `/analysis/shipped/${entry.name}` as string,
      search: search as never,
      replace: true,
    });
  };
  return (
    <div className="page full">
      <div className="head">
        <h1 tabIndex={-1}>{entry.title}</h1>
        <span className="quiet">{entry.about}</span>
        <span className="fill" />
        {entity && <FileButtons entity={entity} source={source} />}
        {entry.query && <Change source={source} />}
      </div>
      <section className="card report-said" aria-label={entry.title}>
        <div className="report-choices">
          {entry.by.length > 1 && (
            <Select
              size="small"
              aria-label={t('analysis.by')}
              value={by}
              popupMatchSelectWidth={false}
              onChange={(next) => choose({ by: next })}
              options={entry.by.map((label, value) => ({ value, label: t('analysis.byWhat', { label }) }))}
            />
          )}
          {entry.timed && (
            <PeriodChoice value={period} usual={entry.period} onChange={(next) => choose({ period: next })} />
          )}
          <ChartChoice value={chart} onChange={setChart} />
        </div>
        <Answer source={source} chart={chart} label={entry.title} />
      </section>
    </div>
  );
}

/** Opens it in the builder, as a report of one's own. */
function Change({ source }: { source: Source }) {
  const { t } = useTranslation();
  const { data } = useAnswer(JSON.stringify(source));
  if (!data?.query) return null;
  return (
    <Link className="button" to={'/analysis/new' as string} search={{ query: data.query } as never}>
      {t('analysis.change')}
    </Link>
  );
}

const NAMES = [
  'thisWeek',
  'thisMonth',
  'lastMonth',
  'thisQuarter',
  'lastQuarter',
  'thisYear',
  'lastYear',
] as const;
const OWN = 'own';
const USUAL = '';

interface PeriodProps {
  value: Period | undefined;
  usual: Period | null;
  onChange(period: Period | undefined): void;
}

/** Of which time: by name, or from day to day. */
export function PeriodChoice({ value, usual, onChange }: PeriodProps) {
  const { t } = useTranslation();
  const own = typeof value === 'object' && 'from' in value ? value : null;
  const year = new Date().getFullYear();
  const first = typeof usual === 'string' ? t(`period.${usual}`) : t('analysis.allTime');
  return (
    <>
      <Select
        size="small"
        aria-label={t('analysis.period')}
        value={own ? OWN : typeof value === 'string' ? value : USUAL}
        popupMatchSelectWidth={false}
        onChange={(next) =>
          onChange(
            next === OWN
              ? { from: `${year}-01-01`, to: `${year}-12-31` }
              : next === USUAL
                ? undefined
                : (next as (typeof NAMES)[number]),
          )
        }
        options={[
          { value: USUAL, label: first },
          ...NAMES.filter((name) => name !== usual).map((name) => ({
            value: name,
            label: t(`period.${name}`),
          })),
          { value: OWN, label: t('analysis.ownPeriod') },
        ]}
      />
      {own && (
        <span className="report-days">
          <DateInput
            withTime={false}
            label={t('analysis.fromDay')}
            value={own.from}
            onChange={(from) => from && onChange({ ...own, from })}
          />
          <DateInput
            withTime={false}
            label={t('analysis.toDay')}
            value={own.to}
            onChange={(to) => to && onChange({ ...own, to })}
          />
        </span>
      )}
    </>
  );
}

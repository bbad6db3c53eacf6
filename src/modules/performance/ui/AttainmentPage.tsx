import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import { firstDay } from '../../../platform/time/period.shared.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { groupDigits } from '../../../web/fields/format.ts';
import { useFirst } from '../../../web/grid/First.tsx';
import { RateBar } from '../../../web/grid/RateBar.tsx';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import type { Attainment, AttainmentLine } from '../attainment/read.ts';
import { Aspects } from './Aspects.tsx';
import { aspectOf, useAttainment, useMeasures, type Wish } from './api.ts';
import { Behind } from './Behind.tsx';
import { EmptyCard, MeasureChoice } from './Parts.tsx';
import { Periods } from './Periods.tsx';
import { todayText } from './today.ts';
import './performance.css';

/** How far everybody has come with a target; every number leads to its records. */
export function AttainmentPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const navigate = useNavigate();
  const wish = useSearch({ strict: false }) as Wish;
  const measures = useMeasures();
  const [open, setOpen] = useState<AttainmentLine | null>(null);
  const period = wish.period ?? 'month';
  const startsOn = firstDay(period, wish.startsOn ?? todayText(), meta.company.yearBegins);
  const measure =
    wish.measure ??
    measures.data?.items.find(({ name }) => name === 'receipts')?.name ??
    measures.data?.items[0]?.name;
  const offered = measures.data?.items.find(({ name }) => name === measure)?.aspects ?? [];
  const aspect = aspectOf(wish, offered);
  const asked = { measure, period, startsOn, ...aspect };
  const { data, error, refetch } = useAttainment(asked);
  if (!meta.entity('salesTarget'))
    return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  const set = (part: Wish) =>
    void navigate({ to: '/performance' as string, search: { ...wish, ...part } as never, replace: true });
  return (
    <div className="page full perf-page">
      <div className="head">
        <h1 tabIndex={-1}>{t('perf.title')}</h1>
        <span className="fill" />
        <Link className="button" to={'/targets' as string} search={(measure ? { measure } : {}) as never}>
          {t('perf.targets')}
        </Link>
      </div>
      <div className="perf-choices">
        <MeasureChoice measure={measure} onChange={(next) => set({ measure: next })} />
        <Aspects offered={offered} told={data?.of} wish={aspect} onChange={set} />
        <Periods
          kind={period}
          day={startsOn}
          onKind={(next) =>
            set({ period: next, startsOn: firstDay(next, startsOn, meta.company.yearBegins) })
          }
          onDay={(next) => set({ startsOn: next })}
        />
        {data && (
          <span className="quiet">
            {t('perf.workdays', { gone: data.workdays.gone, all: data.workdays.all })}
          </span>
        )}
      </div>
      {measures.data?.items.length === 0 ? (
        <StatusPage title={t('perf.nothing')} text={t('perf.nothingText')} />
      ) : error && !data ? (
        <FailedPage error={error} again={() => void refetch()} />
      ) : data ? (
        <Lines data={data} onOpen={setOpen} />
      ) : (
        <PageSkeleton />
      )}
      {open && data && <Behind line={open} data={data} asked={asked} onClose={() => setOpen(null)} />}
    </div>
  );
}

function Lines({ data, onOpen }: { data: Attainment; onOpen(line: AttainmentLine): void }) {
  const { t } = useTranslation();
  const [first, more] = useFirst(data.lines);
  const { unit, currency } = data;
  const text = (amount: string | null) => {
    if (amount === null) return '–';
    if (unit === 'money' && Number(amount) !== 0) return formatMoney({ amount, currency });
    return groupDigits(amount);
  };
  if (data.lines.every(({ target, records }) => target === null && records === 0))
    return (
      <EmptyCard title={t('perf.empty')} text={t('perf.emptyText')}>
        <Link
          className="button primary"
          to={'/targets' as string}
          search={{ measure: data.measure } as never}
        >
          {t('perf.setTargets')}
        </Link>
      </EmptyCard>
    );
  return (
    <section className="card perf-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('perf.who')}</th>
            <th scope="col">{t('perf.rate')}</th>
            <th scope="col">{t('perf.actual')}</th>
            <th scope="col">{t('perf.target')}</th>
            <th scope="col">{t('perf.below')}</th>
            <th scope="col">{t('perf.lastYear')}</th>
          </tr>
        </thead>
        <tbody>
          {first.map((line) => (
            <tr key={line.kind + line.id} className={line.kind}>
              <th scope="row">{line.kind === 'company' ? t('perf.company') : line.name}</th>
              <td data-label={t('perf.rate')}>
                <Bar line={line} />
              </td>
              <td data-label={t('perf.actual')}>
                {line.records > 0 ? (
                  <button type="button" className="link" onClick={() => onOpen(line)}>
                    {text(line.actual)}
                  </button>
                ) : (
                  text(line.actual)
                )}
              </td>
              <td data-label={t('perf.target')}>{text(line.target)}</td>
              <td data-label={t('perf.below')}>{text(line.below)}</td>
              <td data-label={t('perf.lastYear')}>{text(line.lastYear)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </section>
  );
}

/** The share reached as a bar, with a mark where it should be today. */
function Bar({ line: { rate, expected } }: { line: AttainmentLine }) {
  const { t } = useTranslation();
  if (rate === null) return <span className="quiet">{t('perf.noTarget')}</span>;
  return (
    <RateBar
      rate={rate}
      expected={expected}
      behind={expected !== null && Number(rate) < Number(expected)}
      title={expected ? t('perf.expected', { rate: expected }) : undefined}
    />
  );
}

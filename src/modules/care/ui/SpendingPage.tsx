import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { get, url } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { moneyText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import type { ClosenessLine } from '../closeness/job.ts';
import type { Report, ReportLine } from '../hospitality/report.ts';
import { TONE } from './tone.ts';
import '../../../web/styles/file.css';
import './care.css';

/** Who spent what on whom in a quarter, against what may be spent. */
export function SpendingPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('hospitality');
  const { quarter } = useSearch({ strict: false }) as { quarter?: string };
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({
    queryKey: ['short', 'hospitalities', 'report', quarter],
    queryFn: () => get<Report>('/care/hospitality-report', { quarter }),
  });
  if (!entity) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const create = async () => {
    if (await openCreate(entity)) refreshEntity(entity.plural);
  };
  const choose = (name: string) =>
    void navigate({ to: '/hospitality' as string, search: { quarter: name } as never });
  return (
    <div className="page full">
      <div className="head">
        <h1 tabIndex={-1}>{t('spending.title')}</h1>
        <Select
          aria-label={t('spending.quarter')}
          value={data.quarter.name}
          onChange={choose}
          options={quartersBack(data.quarter.name).map((name) => ({ value: name, label: name }))}
        />
        <span className="fill" />
        {may(entity, 'export') && (
          <a className="button" href={url('/care/hospitality-report/xlsx', { quarter: data.quarter.name })}>
            {t('spending.download')}
          </a>
        )}
        {may(entity, 'create') && (
          <button type="button" className="button primary" onClick={() => void create()}>
            {t('spending.add')}
          </button>
        )}
      </div>
      {!data.knowsSales && <p className="quiet">{t('spending.unknownSales')}</p>}
      <Closeness currency={data.currency} />
      <section className="card spending-report">
        {data.lines.length > 0 ? (
          <table>
            <thead>
              <tr>
                {['person', 'customer', 'count', 'spent', 'cap', 'share'].map((name) => (
                  <th key={name} scope="col">
                    {t(`spending.col.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.lines.map((line) => (
                <Line key={`${line.customer.id}${line.person?.id}`} line={line} report={data} />
              ))}
            </tbody>
          </table>
        ) : (
          <div className="empty-page">
            <h2>{t('spending.none')}</h2>
            <p>{t('spending.noneText')}</p>
          </div>
        )}
        {data.cut && <p className="quiet">{t('spending.cut')}</p>}
      </section>
    </div>
  );
}

function Line({ line, report }: { line: ReportLine; report: Report }) {
  const { t } = useTranslation();
  const { quarter, currency } = report;
  const money = (amount: string) => moneyText({ amount, currency });
  const filter = {
    and: [
      { field: 'customer', op: 'eq' as const, value: line.customer.id },
      line.person
        ? { field: 'spentBy', op: 'eq' as const, value: line.person.id }
        : { field: 'spentBy', op: 'empty' as const, value: true },
      { field: 'status', op: 'in' as const, value: ['approved', 'paid'] },
      { field: 'date', op: 'gte' as const, value: quarter.from },
      { field: 'date', op: 'lte' as const, value: quarter.to },
    ],
  };
  return (
    <tr>
      <td>{line.person?.title ?? '—'}</td>
      <td>
        <Link to="/r/$plural/$id" params={{ plural: 'customers', id: line.customer.id }}>
          {line.customer.title}
        </Link>
      </td>
      <td className="number">{line.count}</td>
      <td className="number">
        <Link to="/r/$plural" params={{ plural: 'hospitalities' }} search={{ filter }}>
          {money(line.used)}
        </Link>
      </td>
      <td
        className="number"
        title={
          line.budget.average
            ? t('spending.bySales', { average: money(line.budget.average) })
            : t('spending.noSales')
        }
      >
        {money(line.budget.cap)}
      </td>
      <td className="number">
        <span className={`tag ${TONE[line.budget.state]}`}>
          {line.budget.share === null ? '—' : `${line.budget.share}%`}
        </span>
      </td>
    </tr>
  );
}

/** Who may have come too close, for those above him. */
function Closeness({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['short', 'hospitalities', 'closeness'],
    queryFn: () => get<{ items: ClosenessLine[] }>('/care/closeness'),
  });
  if (!data?.items.length) return null;
  return (
    <section className="card closeness">
      <header>
        <h2>{t('spending.close')}</h2>
        <span className="quiet">{t('spending.closeText')}</span>
      </header>
      <ul className="task-list">
        {data.items.map(({ customer, person, since, reasons }) => (
          <li key={customer.id + person.id}>
            <div className="what">
              {person.title} ·{' '}
              <Link to="/r/$plural/$id" params={{ plural: 'customers', id: customer.id }}>
                {customer.title}
              </Link>
              <small>
                {t('spending.closeWhy', {
                  now: moneyText({ amount: reasons.spend, currency }),
                  before: moneyText({ amount: reasons.before, currency }),
                  percent: reasons.personPercent,
                })}
                {' · '}
                {t(`spending.business.${reasons.business}`)}
              </small>
            </div>
            <span className="tag zhu">{since}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const QUARTERS = 8;

/** Some quarters up to the present one, and the one looked at. */
function quartersBack(shown: string): string[] {
  const now = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit' })
    .format()
    .split('-')
    .map(Number);
  const index = (now[0] ?? 0) * 4 + Math.floor(((now[1] ?? 1) - 1) / 3);
  const names = Array.from(
    { length: QUARTERS },
    (_, at) => `${Math.floor((index - at) / 4)}Q${((index - at) % 4) + 1}`,
  );
  return names.includes(shown) ? names : [shown, ...names];
}

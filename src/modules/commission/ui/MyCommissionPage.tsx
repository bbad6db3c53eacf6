import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { moneyText } from '../../../web/fields/format.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import type { Mine, MySplit, Reach } from '../row/mine.ts';
import { listedCommission } from './listed.ts';
import { RowList } from './RowList.tsx';
import './commission.css';

const SUMS = ['expected', 'open', 'inBatch', 'paid'] as const;
const STATUS = { open: 'open', inBatch: 'inBatch', paid: 'paid', expected: undefined } as const;

/** What one has earned and how each amount came, how far to the next tier, and what one may expect. */
export function MyCommissionPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const { person } = useSearch({ strict: false }) as { person?: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['short', 'commission-rows', 'mine', person ?? null],
    queryFn: ({ signal }) => get<Mine>('/commission/mine', person ? { person } : {}, signal),
  });
  if (!meta.entity('commissionRow'))
    return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const money = (amount: string) => moneyText({ amount, currency: data.currency });
  const filter = (status: string) => ({
    and: [
      { field: 'owner', op: 'eq', value: data.person.id },
      { field: 'status', op: 'eq', value: status },
    ],
  });
  return (
    <div className="page full commission-page">
      <div className="head">
        <h1 tabIndex={-1}>
          {person ? t('commission.of', { name: data.person.title }) : t('commission.mine')}
        </h1>
        <span className="fill" />
        <Link className="button" to="/r/$plural" params={{ plural: 'commission-rows' }}>
          {t('commission.all')}
        </Link>
      </div>
      <section className="card commission-sums">
        {SUMS.map((name) => {
          const status = STATUS[name];
          const text = (
            <>
              <span>{t(`commission.sum.${name}`)}</span>
              <strong>{money(data[name])}</strong>
              {name === 'expected' && <small>{t('commission.expectedOf', { count: data.expectedOf })}</small>}
            </>
          );
          return status ? (
            <Link
              key={name}
              to="/r/$plural"
              params={{ plural: 'commission-rows' }}
              search={{ filter: filter(status) } as never}
            >
              {text}
            </Link>
          ) : (
            <div key={name}>{text}</div>
          );
        })}
      </section>
      {data.plans.map((reach) => (
        <Progress key={reach.plan} reach={reach} money={money} />
      ))}
      {data.splits.length > 0 && <Splits splits={data.splits} />}
      <section className="card pad">
        <h2>{t('commission.rows')}</h2>
        {data.rows.length ? (
          <RowList rows={data.rows.map(listedCommission(t, data.currency))} />
        ) : (
          <p className="quiet">{t(data.plans.length ? 'commission.none' : 'commission.noPlan')}</p>
        )}
      </section>
    </div>
  );
}

/** Deals divided among several people. */
function Splits({ splits }: { splits: readonly MySplit[] }) {
  const { t } = useTranslation();
  return (
    <section className="card pad commission-reach">
      <h2>{t('commission.splits')}</h2>
      <ul className="commission-rows">
        {splits.map(({ id, name, percent, others }) => (
          <li key={id} className="commission-row-head">
            {others ? (
              <Link to="/r/$plural/$id" params={{ plural: 'commission-splits', id }}>
                {name}
              </Link>
            ) : (
              <span>{name}</span>
            )}
            <span className="quiet">
              {others?.map((each) => `${each.name} ${each.percent}%`).join(' · ')}
            </span>
            <span className="fill" />
            <strong>{percent}%</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How far one has come in this period, and what the next tier brings. */
function Progress({ reach, money }: { reach: Reach; money(amount: string): string }) {
  const { t } = useTranslation();
  const { plan, period, base, amount, rate, next } = reach;
  const share = next ? Math.min(100, Math.max(0, (Number(base) / Number(next.from)) * 100)) : 100;
  return (
    <section className="card pad commission-reach">
      <h2>
        {plan} <span className="quiet">{t(`commission.this.${period}`)}</span>
      </h2>
      <p>
        {t('commission.reached', { base: money(base), rate: Number(rate), amount: money(amount) })}
        {next && `　${t('commission.toNext', { missing: money(next.missing), rate: Number(next.rate) })}`}
      </p>
      <span className="commission-bar" aria-hidden>
        <span style={{ width: `${share}%` }} />
      </span>
    </section>
  );
}

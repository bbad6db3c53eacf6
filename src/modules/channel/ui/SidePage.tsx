import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { groupDigits, moneyText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import { PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { OwnRebates } from '../../commission/ui/index.ts';
import type { Results } from '../results/results.ts';
import type { Mine } from './api.ts';
import './channel.css';

/** The home of a partner's people: what waits, what they came to, and who of the house is there for them. */
export function SidePage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const deal = meta.entity('dealRegistration');
  const { data, error } = useQuery({ queryKey: ['mine'], queryFn: () => get<Mine>('/channel/mine') });
  if (error) return <StatusPage title={t('channel.mineFailed')} text={t('channel.mineFailedText')} />;
  if (!data) return <PageSkeleton />;
  const register = async () => {
    if (deal && (await openCreate(deal))) refreshEntity(deal.plural);
  };
  return (
    <div className="page channel-side">
      <div className="head">
        <h1 tabIndex={-1}>{data.name}</h1>
        <span className="fill" />
        <button type="button" className="button primary" onClick={() => void register()}>
          {t('channel.register')}
        </button>
        <Link className="button" to={'/side/order' as string}>
          {t('channel.order')}
        </Link>
      </div>
      <section className="card">
        <header>
          <h2>{t('channel.todo')}</h2>
        </header>
        <ul className="channel-people card-body">
          <li>
            <span>{t(data.stock.declared ? 'channel.stockDone' : 'channel.stockOpen', data.stock)}</span>
            <Link className="button" to={'/side/stock' as string}>
              {t(data.stock.declared ? 'channel.look' : 'channel.declare')}
            </Link>
          </li>
          <li>
            <span>{t('channel.dealsOpen', { count: data.results?.deals.protected ?? 0 })}</span>
            {deal && (
              <Link className="button" to="/r/$plural" params={{ plural: deal.plural }}>
                {t('channel.look')}
              </Link>
            )}
          </li>
        </ul>
      </section>
      {data.results && <ResultCard result={data.results} currency={data.currency} from={data.from} />}
      <Suspense fallback={null}>
        <OwnRebates />
      </Suspense>
      <section className="card">
        <header>
          <h2>{t('channel.terms')}</h2>
        </header>
        <dl className="channel-terms card-body">
          <Term name="manager">
            {[data.manager?.name, data.manager?.phone, data.manager?.email].filter(Boolean).join(' · ')}
          </Term>
          <Term name="territory">{data.territory.join('、')}</Term>
          <Term name="contract">
            {data.contractTo ? `${data.contractFrom ?? ''} – ${data.contractTo}` : ''}
          </Term>
          <Term name="protected">{t('channel.days', { count: data.protectedDays })}</Term>
        </dl>
      </section>
    </div>
  );
}

function Term({ name, children }: { name: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{t(`channel.term.${name}`)}</dt>
      <dd>{children || '—'}</dd>
    </div>
  );
}

function ResultCard({ result, currency, from }: { result: Results; currency: string; from: string }) {
  const { t } = useTranslation();
  const money = (amount: string) => moneyText({ amount, currency });
  const figures: [string, string][] = [
    ['ordered', money(result.ordered)],
    ['brought', money(result.brought)],
    ['sold', groupDigits(result.sold)],
    ['turnover', result.turnover ?? '—'],
    ['won', `${result.deals.won} / ${result.deals.registered}`],
    ['rank', t('channel.rankOf', { rank: result.rank, of: result.of })],
  ];
  return (
    <section className="card">
      <header>
        <h2>{t('channel.results')}</h2>
        <span className="quiet">{t('channel.since', { from })}</span>
      </header>
      <dl className="channel-figures card-body">
        {figures.map(([name, text]) => (
          <div key={name}>
            <dt>{t(`channel.figure.${name}`)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { groupDigits, moneyText } from '../../../web/fields/format.ts';
import { PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import type { ShownResults } from '../results/results.ts';
import './channel.css';

/** What the partners came to in a year, in the order of their level. */
export function ResultsPage() {
  const { t } = useTranslation();
  const thisYear = Temporal.Now.plainDateISO().year;
  const [year, setYear] = useState(thisYear);
  const { data } = useQuery({
    queryKey: ['channel-results', year],
    queryFn: () =>
      get<{ currency: string; items: ShownResults[] }>('/channel/results', {
        from: `${year}-01-01`,
        to: `${year}-12-31`,
      }),
  });
  if (!data) return <PageSkeleton />;
  const money = (amount: string | null) =>
    amount === null ? '—' : moneyText({ amount, currency: data.currency });
  return (
    <div className="page channel-side">
      <div className="head">
        <h1 tabIndex={-1}>{t('channel.ranking')}</h1>
        {[thisYear - 1, thisYear].map((each) => (
          <button
            key={each}
            type="button"
            className={each === year ? 'button primary' : 'button'}
            aria-pressed={each === year}
            onClick={() => setYear(each)}
          >
            {each}
          </button>
        ))}
      </div>
      {data.items.length === 0 && <p className="quiet">{t('channel.noPartners')}</p>}
      <section className="card channel-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t('channel.partner')}</th>
              <th className="num">{t('channel.figure.rank')}</th>
              {['ordered', 'brought', 'sold', 'turnover', 'won'].map((name) => (
                <th key={name} className="num">
                  {t(`channel.figure.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.items.map((result) => (
              <tr key={result.partner}>
                <th scope="row">
                  <Link to="/r/$plural/$id" params={{ plural: 'partners', id: result.partner }}>
                    {result.name}
                  </Link>
                </th>
                <td className="num">
                  {result.rank ? t('channel.rankOf', { rank: result.rank, of: result.of }) : '—'}
                </td>
                <td className="num">{money(result.ordered)}</td>
                <td className="num">{money(result.brought)}</td>
                <td className="num">{result.sold === null ? '—' : groupDigits(result.sold)}</td>
                <td className="num">{result.turnover ?? '—'}</td>
                <td className="num">
                  {result.deals ? `${result.deals.won} / ${result.deals.registered}` : '—'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

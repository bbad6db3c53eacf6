import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lastDay, yearAt, yearOn } from '../../../platform/time/period.shared.ts';
import { get } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { dayOf, groupDigits, moneyText } from '../../../web/fields/format.ts';
import { PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import type { ShownResults } from '../results/results.ts';
import { FigureTable } from './FigureTable.tsx';
import './channel.css';

const FIGURES = ['rank', 'ordered', 'brought', 'sold', 'turnover', 'won'] as const;

/** What the partners came to in a year, in the order of their level. */
export function ResultsPage() {
  const { t } = useTranslation();
  const { yearBegins } = useMeta().company;
  const thisYear = yearAt(dayOf(new Date().toISOString()), yearBegins);
  const [year, setYear] = useState(thisYear);
  const { data } = useQuery({
    queryKey: ['channel-results', year],
    queryFn: () =>
      get<{ currency: string; items: ShownResults[] }>('/channel/results', {
        from: yearOn(year, yearBegins),
        to: lastDay('year', yearOn(year, yearBegins)),
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
      <FigureTable
        corner={t('channel.partner')}
        heads={FIGURES.map((name) => t(`channel.figure.${name}`))}
        rows={data.items.map((result) => ({
          key: result.partner,
          head: (
            <Link to="/r/$plural/$id" params={{ plural: 'partners', id: result.partner }}>
              {result.name}
            </Link>
          ),
          cells: [
            {
              key: 'rank',
              text: result.rank ? t('channel.rankOf', { rank: result.rank, of: result.of }) : '—',
            },
            { key: 'ordered', text: money(result.ordered) },
            { key: 'brought', text: money(result.brought) },
            { key: 'sold', text: result.sold === null ? '—' : groupDigits(result.sold) },
            { key: 'turnover', text: result.turnover ?? '—' },
            {
              key: 'won',
              text: result.deals ? `${result.deals.won} / ${result.deals.registered}` : '—',
            },
          ],
        }))}
      />
    </div>
  );
}

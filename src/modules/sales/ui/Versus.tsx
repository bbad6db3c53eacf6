import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { fieldOf, may, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity, useShortList } from '../../../web/api/records.ts';
import type { Filter, MetaEntity, MoneyValue, Link as Reference } from '../../../web/api/types.ts';
import { moneyText, valueText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { VersusRecord } from '../versus/record.shared.ts';
import { changesOf } from './change.ts';
import './sales.css';

/** How business against a competitor ends, and what it asks. */
export function Versus({ record }: SlotProps) {
  const { t } = useTranslation();
  const { company, entity: typeOf } = useMeta();
  const opportunity = typeOf('opportunity');
  const { data } = useQuery({
    queryKey: ['short', 'opportunities', 'versus', record.id],
    queryFn: ({ signal }) =>
      get<{ record: VersusRecord | null }>(`/competitors/${record.id}/record`, undefined, signal),
  });
  const found = data?.record;
  const reason = opportunity && fieldOf(opportunity, 'reason');
  const money = (amount: string | null) =>
    amount === null ? '' : moneyText({ amount, currency: company.currency });
  const of = (status: string): Filter => ({
    and: [
      { field: 'competitors', op: 'in', value: [record.id] },
      { field: 'status', op: 'in', value: [status] },
    ],
  });
  const number = (status: 'won' | 'lost' | 'open', count: number, amount: string | null) => (
    <li key={status}>
      <Link to="/r/$plural" params={{ plural: 'opportunities' }} search={{ filter: of(status) }}>
        <b>{count}</b> {t(`sales.against.${status}`)}
      </Link>
      <small>{money(amount)}</small>
    </li>
  );
  return (
    <>
      {found && (
        <section className="card">
          <header>
            <h2>{t('sales.versus')}</h2>
          </header>
          <div className="card-body sales-versus">
            {found.won + found.lost + found.open === 0 ? (
              <p className="quiet">{t('sales.versusNone')}</p>
            ) : (
              <>
                <p>
                  {t('sales.versusRate')} <b>{found.rate === null ? '—' : `${found.rate}%`}</b>
                </p>
                <ul>
                  {number('won', found.won, found.wonAmount)}
                  {number('lost', found.lost, found.lostAmount)}
                  {number('open', found.open, null)}
                </ul>
                {found.reasons.length > 0 && (
                  <p className="quiet">
                    {t('sales.versusWhy')}{' '}
                    {found.reasons
                      .map((each) => `${reason ? valueText(reason, each.reason) : each.reason} ${each.count}`)
                      .join(' · ')}
                  </p>
                )}
              </>
            )}
          </div>
        </section>
      )}
      <Prices competitor={record} type={typeOf('competitorPrice')} />
    </>
  );
}

/** So many stand there at first. */
const FIRST = 8;

/** What it asks, newest first, with how each price changed. */
function Prices({ competitor, type }: { competitor: SlotProps['record']; type: MetaEntity | undefined }) {
  const { t } = useTranslation();
  const filter = { field: 'competitor', op: 'eq' as const, value: competitor.id };
  const { data } = useShortList(type?.plural, { filter, sort: '-day' }, 30);
  const [all, setAll] = useState(false);
  if (!type || !data) return null;
  const changes = changesOf(
    data.items.map(({ id, title, unit, price }) => ({
      id,
      what: title,
      unit: (unit as string | null | undefined) ?? null,
      price: (price as MoneyValue | null | undefined) ?? null,
    })),
  );
  const add = async () => {
    const values = { competitor: { id: competitor.id, title: competitor.title } };
    if (await openCreate(type, values)) refreshEntity(type.plural);
  };
  return (
    <section className="card">
      <header>
        <h2>{t('sales.prices')}</h2>
        <span className="fill" />
        {may(type, 'create') && (
          <button type="button" className="link" onClick={() => void add()}>
            {t('sales.addPrice')}
          </button>
        )}
      </header>
      <ul className="card-body sales-prices">
        {data.items.slice(0, all ? undefined : FIRST).map((price) => {
          const change = changes.get(price.id);
          const ours = price.product as Reference | null | undefined;
          return (
            <li key={price.id}>
              <Link to="/r/$plural/$id" params={{ plural: type.plural, id: price.id }}>
                {price.title}
              </Link>{' '}
              <b>{price.price ? moneyText(price.price as MoneyValue) : '—'}</b>{' '}
              {change !== undefined && change !== 0 && (
                <span className={`tag ${change < 0 ? 'zhu' : 'song'}`}>
                  {t(change < 0 ? 'sales.priceFell' : 'sales.priceRose', { percent: Math.abs(change) })}
                </span>
              )}
              <small>
                {[price.day, ours ? t('sales.vsOurs', { name: ours.title }) : null, price.note]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </li>
          );
        })}
        {data.items.length === 0 && <li className="quiet">{t('sales.noPrices')}</li>}
      </ul>
      {data.items.length > FIRST && !all && (
        <button type="button" className="link sales-more" onClick={() => setAll(true)}>
          {t('sales.morePrices', { count: data.items.length })}
        </button>
      )}
    </section>
  );
}

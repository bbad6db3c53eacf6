import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { moneyText } from '../../../web/fields/format.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { NextOffer } from '../market/next.shared.ts';
import './sales.css';

/** What the customer could be offered next, and what to say. */
export function NextProducts({ record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['short', 'opportunities', 'next', record.id],
    queryFn: ({ signal }) => get<NextOffer[]>(`/customers/${record.id}/next-products`, undefined, signal),
  });
  if (!data?.length) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('sales.next')}</h2>
      </header>
      <ul className="card-body next-products">
        {data.map(({ product, name, because, from, price, currency }) => (
          <li key={product}>
            <Link to="/r/$plural/$id" params={{ plural: 'products', id: product }}>
              {name}
            </Link>
            {price !== null && <span className="num">{moneyText({ amount: price, currency })}</span>}
            <p>{because}</p>
            <p className="quiet">{t('sales.nextFrom', { names: from.join('、') })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

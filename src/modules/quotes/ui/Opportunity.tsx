import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { useShortList } from '../../../web/api/records.ts';
import type { MoneyValue } from '../../../web/api/types.ts';
import { moneyText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import type { SlotProps } from '../../../web/slots.ts';

/** From an opportunity to its quote, with customer, contact and products. */
export function QuoteIt({ record }: SlotProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const entity = useMeta().entity('quote');
  if (!entity || !may(entity, 'create') || record.status !== 'open' || !record.customer) return null;
  const products = (record.products as { id: string; title: string | null }[] | null | undefined) ?? [];
  const make = async () => {
    const made = await openCreate(entity, {
      name: record.title,
      customer: record.customer,
      ...(record.contact ? { contact: record.contact } : {}),
      opportunity: { id: record.id, title: record.title },
      ...(products.length
        ? { lines: products.map((product) => ({ product, quantity: '1', taxRate: '0.13' })) }
        : {}),
    });
    if (made) await navigate({ to: '/r/$plural/$id', params: { plural: 'quotes', id: made.id } });
  };
  return <Button onClick={() => void make()}>{t('quotes.quoteIt')}</Button>;
}

/** The customer has confirmed a quote: its business may go on to another stage. */
export function Confirmed({ record }: SlotProps) {
  const { t } = useTranslation();
  const entity = useMeta().entity('quote');
  const filter = {
    and: [
      { field: 'opportunity', op: 'eq' as const, value: record.id },
      { field: 'status', op: 'eq' as const, value: 'confirmed' },
    ],
  };
  const { data } = useShortList(entity && record.status === 'open' ? 'quotes' : undefined, { filter }, 1);
  const [quote] = data?.items ?? [];
  if (!quote) return null;
  return (
    <p className="quote-bar" role="status">
      <span className="quote-says">
        {t('quotes.suggests')}{' '}
        <Link to="/r/$plural/$id" params={{ plural: 'quotes', id: quote.id }}>
          {quote.title}
        </Link>{' '}
        {quote.total ? moneyText(quote.total as MoneyValue) : ''}
      </span>
    </p>
  );
}

import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { fieldOf } from '../../../web/api/meta.tsx';
import { FieldValue } from '../../../web/fields/FieldValue.tsx';
import { moneyText } from '../../../web/fields/format.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { useQuoteStanding } from './api.ts';

/** All versions of a quote, where there are several. */
export function Editions({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useQuoteStanding(record);
  const status = fieldOf(entity, 'status');
  if (!data || data.editions.length < 2) return null;
  return (
    <nav aria-label={t('quotes.editions')}>
      <ul className="quote-editions">
        {data.editions.map((each) => (
          <li key={each.id}>
            <Link
              to="/r/$plural/$id"
              params={{ plural: 'quotes', id: each.id }}
              aria-current={each.id === record.id ? 'page' : undefined}
            >
              {t('quotes.edition', { edition: each.edition ?? 1 })}
            </Link>{' '}
            {status && <FieldValue field={status} value={each.status} />}{' '}
            {each.total && moneyText({ amount: each.total, currency: each.currency ?? 'CNY' })}
          </li>
        ))}
      </ul>
    </nav>
  );
}

import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useShortList } from '../../../web/api/records.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { waitingReds } from './steps.ts';
import './money.css';

/** Of a blue invoice: the red ones that are asked for and not issued yet. */
export function RedBar({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const filter = waitingReds(record);
  const { data } = useShortList(filter ? entity.plural : undefined, { filter });
  if (!filter || !data?.items.length) return null;
  return (
    <section className="money-credit" aria-label={t('money.red.state')}>
      <span className="money-credit-says">{t('money.red.waits')}</span>
      {data.items.map((red) => (
        <Link key={red.id} to="/r/$plural/$id" params={{ plural: entity.plural, id: red.id }}>
          {String(red.number ?? red.title)}
        </Link>
      ))}
    </section>
  );
}

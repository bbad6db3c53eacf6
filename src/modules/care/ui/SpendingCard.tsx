import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { moneyText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { Budget } from '../hospitality/budget.ts';
import { TONE } from './tone.ts';

/** What may be spent on a customer this quarter, what was, and why it is so much. */
export function SpendingCard({ record }: SlotProps) {
  const { t } = useTranslation();
  const entity = useMeta().entity('hospitality');
  const { data } = useQuery({
    queryKey: ['short', 'hospitalities', 'budget', record.id],
    enabled: !!entity,
    queryFn: () => get<Budget & { currency: string; knowsSales: boolean }>(`/care/budget/${record.id}`),
  });
  if (!entity || !data) return null;
  const money = (amount: string) => moneyText({ amount, currency: data.currency });
  const create = async () => {
    const made = await openCreate(entity, { customer: { id: record.id, title: record.title } });
    if (made) refreshEntity(entity.plural);
  };
  const why =
    data.basis === 'sales'
      ? 'spending.bySales'
      : data.knowsSales
        ? 'spending.noSales'
        : 'spending.unknownSales';
  return (
    <section className="card">
      <header>
        <h2>{t('spending.title')}</h2>
        <span className={`tag ${TONE[data.state]}`}>{t(`spending.${data.state}`)}</span>
        <span className="fill" />
        {may(entity, 'create') && (
          <button type="button" className="link" onClick={() => void create()}>
            {t('spending.add')}
          </button>
        )}
      </header>
      <div className="card-body">
        <p>{t('spending.used', { used: money(data.used), cap: money(data.cap) })}</p>
        <progress
          className="bar"
          max={100}
          value={Math.min(100, data.share ?? 0)}
          aria-label={t('spending.title')}
        />
        <small className="quiet">{t(why, { average: data.average ? money(data.average) : '' })}</small>
      </div>
    </section>
  );
}

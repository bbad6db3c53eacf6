import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { fieldOf, useMeta } from '../../../web/api/meta.tsx';
import { Because } from '../../../web/learning/Because.tsx';
import { ModelFigures } from '../../../web/learning/ModelFigures.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import type { ChanceWhy } from '../chance/routes.ts';

/** How likely open business is won by what was learnt, why, and how good that is. */
export function Chance({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const customer = useMeta().entity('customer');
  const { data } = useQuery({
    queryKey: ['record', 'opportunities', record.id, 'chance', record.version],
    queryFn: ({ signal }) => get<ChanceWhy>(`/opportunities/${record.id}/chance`, undefined, signal),
    enabled: record.status === 'open',
    retry: false,
  });
  if (!data || record.status !== 'open') return null;
  const labelOf = (feature: string) =>
    feature === 'price'
      ? t('sales.price')
      : (fieldOf(entity, feature)?.label ?? (customer && fieldOf(customer, feature)?.label) ?? feature);
  return (
    <section className="card">
      <header>
        <h2>{t('sales.chance')}</h2>
        {data.chance && <b>{data.chance.percent}%</b>}
      </header>
      <div className="card-body">
        {data.chance && <Because because={data.chance.because} labelOf={labelOf} />}
        {data.chance ? (
          <details>
            <summary className="quiet">{t('learning.how')}</summary>
            <ModelFigures card={data.model} />
          </details>
        ) : (
          <ModelFigures card={data.model} />
        )}
      </div>
    </section>
  );
}

import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import { moneyText } from '../../../web/fields/format.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { useSteps } from './api.ts';

/** The way of an opportunity: every stage, amount and day it stood at. */
export function Way({ record }: SlotProps) {
  const { t } = useTranslation();
  const { company } = useMeta();
  const { data } = useSteps(record.id, record.version);
  if (!data?.length) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('sales.way')}</h2>
      </header>
      <ol className="card-body sales-way">
        {data.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only added at the end
          <li key={index}>
            <b>{step.stage ?? '—'}</b> <span className="quiet">{step.day}</span>
            <div className="quiet">
              {[
                step.amount === null ? null : moneyText({ amount: step.amount, currency: company.currency }),
                step.closeDate,
                step.by,
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

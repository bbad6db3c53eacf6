import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { moneyText } from '../../../web/fields/format.ts';
import type { OwnRebate } from '../rebate/read/mine.ts';
import { RebateProgress } from './RebateProgress.tsx';
import './commission.css';

/** For a partner's people: what they get back of what they buy, and what is missing to the next tier. */
export function OwnRebates() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['mine', 'rebates'],
    queryFn: ({ signal }) => get<{ items: OwnRebate[] }>('/channel/mine/rebates', {}, signal),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('rebates.title')}</h2>
      </header>
      <div className="card-body">
        <ul className="rebate-list">
          {data.items.map((rebate) => (
            <li key={rebate.id}>
              <div className="commission-row-head">
                <strong>{rebate.name}</strong>
                <span className="fill" />
                {Number(rebate.credit) > 0 && (
                  <span className="tag song">
                    {t('rebates.credit', {
                      amount: moneyText({ amount: rebate.credit, currency: rebate.currency }),
                    })}
                  </span>
                )}
              </div>
              <RebateProgress progress={rebate} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

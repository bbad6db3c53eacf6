import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import type { MoneyValue, WireRecord } from '../../../web/api/types.ts';
import { instantText, moneyText } from '../../../web/fields/format.ts';
import { FailedPage } from '../../../web/shell/StatusPage.tsx';
import type { SlotProps } from '../../../web/slots.ts';

interface Version {
  revision: number;
  at: string;
  by: string | null;
  reason: string | null;
  record: WireRecord;
}

/** A contract as it was agreed each time, newest first; what stands there is what was in force. */
export function Versions({ record }: SlotProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ['short', 'contracts', 'versions', record.id, record.version],
    retry: false,
    queryFn: () => get<{ items: Version[] }>(`/contracts/${record.id}/versions`),
  });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return null;
  if (data.items.length === 0) return <p className="quiet">{t('orders.noVersions')}</p>;
  return data.items.map(({ revision, at, by, reason, record: agreed }) => (
    <details key={revision} className="card pad" open={revision === data.items[0]?.revision}>
      <summary>
        <strong>{t('orders.version', { revision })}</strong>{' '}
        {agreed.total ? moneyText(agreed.total as MoneyValue) : ''}{' '}
        <span className="quiet">{[instantText(at), by, reason].filter(Boolean).join(' · ')}</span>
      </summary>
      <ul>
        {((agreed.lines ?? []) as WireRecord[]).map((line) => (
          <li key={line.id}>
            {[line.name, line.specification, line.quantity].filter(Boolean).join(' · ')}{' '}
            {line.gross ? moneyText(line.gross as MoneyValue) : ''}
          </li>
        ))}
        {((agreed.instalments ?? []) as WireRecord[]).map((part) => (
          <li key={part.id} className="quiet">
            {[part.name, `${part.percent}%`, part.dueOn].filter(Boolean).join(' · ')}{' '}
            {part.amount ? moneyText(part.amount as MoneyValue) : ''}
          </li>
        ))}
      </ul>
    </details>
  ));
}

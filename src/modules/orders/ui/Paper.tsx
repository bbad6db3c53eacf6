import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get, post, remove, url } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { instantText } from '../../../web/fields/format.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import type { SlotProps } from '../../../web/slots.ts';

/** The delivery note, with prices or without them. */
export function DeliveryNote({ record }: SlotProps) {
  const { t } = useTranslation();
  const paper = (prices: boolean) => url(`/deliveries/${record.id}/pdf`, prices ? { prices: 'true' } : {});
  return (
    <span className="file-steps">
      <a className="button" href={paper(false)} target="_blank" rel="noreferrer">
        {t('orders.note')}
      </a>
      <a className="button" href={paper(true)} target="_blank" rel="noreferrer">
        {t('orders.notePriced')}
      </a>
    </span>
  );
}

interface Link {
  link: string | null;
  last: {
    at: string;
    by: string | null;
    opened: number;
    revokedAt: string | null;
    revokedBy: string | null;
  } | null;
}

/** Copies the address where the customer sees how far his order has come, or ends it. */
export function TrackingLink({ record }: SlotProps) {
  const { t } = useTranslation();
  const key = ['record', 'orders', record.id, 'track'];
  const shown = record.can.update && record.status !== 'draft' && record.status !== 'cancelled';
  const { data } = useQuery({
    queryKey: key,
    enabled: shown,
    queryFn: () => get<Link>(`/orders/${record.id}/track`),
  });
  if (!shown) return null;
  const told = async (does: () => Promise<unknown>, done: string) => {
    try {
      await does();
      toast(t(done), { kind: 'good' });
    } catch (error) {
      toastError(error);
    } finally {
      await queryClient.invalidateQueries({ queryKey: key });
    }
  };
  const copy = async () => {
    const { link } = await post<{ link: string }>(`/orders/${record.id}/track`, {});
    await navigator.clipboard.writeText(link);
  };
  const last = data?.last;
  const fared = last?.revokedAt
    ? t('orders.linkWasEnded', { by: last.revokedBy ?? '', at: instantText(last.revokedAt) })
    : last && t('orders.linkLive', { count: last.opened, at: instantText(last.at), by: last.by ?? '' });
  return (
    <span className="file-steps">
      <button
        type="button"
        className="button"
        title={fared ?? ''}
        onClick={() => void told(copy, 'orders.linkCopied')}
      >
        {t('orders.link')}
      </button>
      {data?.link && (
        <button
          type="button"
          className="button"
          onClick={() => void told(() => remove(`/orders/${record.id}/track`), 'orders.linkEnded')}
        >
          {t('orders.endLink')}
        </button>
      )}
    </span>
  );
}

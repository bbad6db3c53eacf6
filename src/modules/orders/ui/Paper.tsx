import { useTranslation } from 'react-i18next';
import { post, url } from '../../../web/api/client.ts';
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

/** Copies the address where the customer sees how far his order has come. */
export function TrackingLink({ record }: SlotProps) {
  const { t } = useTranslation();
  if (!record.can.update || record.status === 'draft' || record.status === 'cancelled') return null;
  const copy = async () => {
    try {
      const { link } = await post<{ link: string }>(`/orders/${record.id}/track`, {});
      await navigator.clipboard.writeText(link);
      toast(t('orders.linkCopied'), { kind: 'good' });
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <button type="button" className="button" onClick={() => void copy()}>
      {t('orders.link')}
    </button>
  );
}

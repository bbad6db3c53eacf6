import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import type { SlotProps } from '../../../web/slots.ts';

/** What is next with some spending: to be submitted, then to be paid. */
export function SpendingSteps({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const next = { draft: 'submit', rejected: 'submit', approved: 'pay' }[String(record.status)];
  if (!next || !record.can.update) return null;
  const go = async () => {
    setBusy(true);
    try {
      const { status } = await post<{ status: string }>(`/${entity.plural}/${record.id}/${next}`, {});
      refreshEntity(entity.plural);
      toast(t(`spending.now.${status}`), { kind: 'good' });
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <button type="button" className="button primary" disabled={busy} onClick={() => void go()}>
      {t(`spending.${next}`)}
    </button>
  );
}

import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { may } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import type { SelectionSlotProps } from '../../../web/slots.ts';

/** Gives the chosen leads away by the rules, for example after an import. */
export function RouteSelection({ entity, target, onDone }: SelectionSlotProps) {
  const { t } = useTranslation();
  if (!may(entity, 'transfer')) return null;
  const route = async () => {
    try {
      const { done, left } = await post<{ done: number; left: number }>('/leads/route', target);
      refreshEntity('leads');
      toast(t('leads.routed', { count: done }), {
        kind: 'good',
        ...(left ? { detail: t('leads.notRouted', { count: left }) } : {}),
      });
      onDone();
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <button type="button" className="button" onClick={() => void route()}>
      {t('leads.route')}
    </button>
  );
}

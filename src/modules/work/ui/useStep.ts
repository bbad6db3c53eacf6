import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { refreshWork } from './api.ts';

/** Takes a step with a record, says so, and offers the way back. */
export function useStep(plural: string, id: string) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const step = async (verb: string, body: object, said: string): Promise<boolean> => {
    setBusy(true);
    try {
      await post(`/${plural}/${id}/${verb}`, body);
      refreshWork();
      toast(t(said), {
        kind: 'good',
        action: {
          label: t('undo'),
          run: () => void post(`/${plural}/${id}/reopen`).then(refreshWork, toastError),
        },
      });
      return true;
    } catch (error) {
      toastError(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, step };
}

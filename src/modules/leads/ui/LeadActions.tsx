import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { isOpen, tellLead } from './api.ts';
import './leads.css';

const ConvertDialog = lazy(() => import('./ConvertDialog.tsx').then((m) => ({ default: m.ConvertDialog })));

/** What a lead waits for, as buttons beside its name. */
export function LeadActions({ record }: SlotProps) {
  const { t } = useTranslation();
  const { busy, run } = useSaving();
  const [converting, setConverting] = useState(false);
  if (!record.can.update || record.status === 'converted') return null;
  const open = isOpen(record);
  const fresh = record.status === 'new';
  return (
    <span className="lead-actions">
      {(fresh || !open || record.status === 'nurturing') && (
        <Button
          type={fresh ? 'primary' : 'default'}
          loading={busy}
          onClick={() => void run(() => tellLead(record.id, 'start'), toastError)}
        >
          {t(fresh ? 'leads.start' : 'leads.again')}
        </Button>
      )}
      {open && (
        <Button type={fresh ? 'default' : 'primary'} onClick={() => setConverting(true)}>
          {t('leads.convert')}
        </Button>
      )}
      <Suspense fallback={null}>
        {converting && <ConvertDialog record={record} onClose={() => setConverting(false)} />}
      </Suspense>
    </span>
  );
}

import { Button, Input, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import { refreshWork } from './api.ts';
import { keepPromise } from './Promises.tsx';
import './work.css';

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));

/** What may be said of a promise: kept, not kept and why, another day and why, or taken back. */
export function PromiseActions({ record }: SlotProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<'break' | 'renegotiate' | null>(null);
  if (!record.can.update) return null;
  const live = record.status === 'open' || record.status === 'renegotiated';
  const act = async (verb: string, body: object = {}) => {
    try {
      await post(`/promises/${record.id}/${verb}`, body);
      refreshWork();
      setAsked(null);
      toast(t(`promise.did.${verb}`), { kind: 'good' });
    } catch (error) {
      toastError(error);
    }
  };
  if (!live) return <Button onClick={() => void act('reopen')}>{t('promise.reopen')}</Button>;
  return (
    <span className="work-actions">
      <Button type="primary" onClick={() => void keepPromise(record, t)}>
        {t('promise.keep')}
      </Button>
      <Button onClick={() => setAsked('renegotiate')}>{t('promise.renegotiate')}</Button>
      <Button onClick={() => setAsked('break')}>{t('promise.break')}</Button>
      {asked && <Why key={asked} verb={asked} onClose={() => setAsked(null)} onSay={act} />}
    </span>
  );
}

function Why(props: {
  verb: 'break' | 'renegotiate';
  onClose: () => void;
  onSay: (verb: string, body: object) => Promise<void>;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [dueDate, setDueDate] = useState<string | null>(null);
  const anew = props.verb === 'renegotiate';
  return (
    <Modal
      open
      title={t(`promise.${props.verb}Title`)}
      okText={t(`promise.${props.verb}`)}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: reason.trim() === '' || (anew && !dueDate) }}
      onCancel={props.onClose}
      onOk={() => props.onSay(props.verb, { reason: reason.trim(), ...(anew ? { dueDate } : {}) })}
    >
      <div className="work-form">
        {anew && (
          <label>
            <span>{t('promise.newDay')}</span>
            <Suspense fallback={<span className="input-wait" />}>
              <DateInput label={t('promise.newDay')} withTime={false} value={dueDate} onChange={setDueDate} />
            </Suspense>
          </label>
        )}
        <label>
          <span>{t('promise.reason')}</span>
          <Input.TextArea
            aria-label={t('promise.reason')}
            value={reason}
            maxLength={2000}
            autoSize={{ minRows: 2 }}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      </div>
    </Modal>
  );
}

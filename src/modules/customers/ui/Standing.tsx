import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { refresh } from '../../../web/approvals/api.ts';
import { useChosen } from '../../../web/approvals/chosen.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { ActionProps, SlotProps } from '../../../web/slots.ts';

type Verb = 'abandon' | 'block' | 'reinstate';

/** Asks for the reason, says what follows, and does it or sends it for approval. */
function StandingDialog({ verb, entity, record, onClose }: ActionProps & { verb: Verb }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const { busy, run } = useSaving();
  const choice = useChosen();
  const go = () =>
    run(async () => {
      const before = record.status;
      const { status } = await post<{ status: string }>(`/${entity.plural}/${record.id}/${verb}`, {
        reason: reason.trim(),
        ...choice.body,
      });
      refreshEntity(entity.plural);
      refresh();
      toast(t(status === before ? 'standing.asked' : `standing.now.${status}`), { kind: 'good' });
      onClose();
    }, choice.take);
  return (
    <Modal
      open
      width={440}
      title={t(`standing.${verb}`)}
      okText={t(`standing.${verb}`)}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !reason.trim() || !choice.ready, danger: verb !== 'reinstate' }}
      confirmLoading={busy}
      onOk={() => void go()}
      onCancel={onClose}
    >
      <p>{t(`standing.${verb}Text`)}</p>
      <label className="field" htmlFor="standing-reason">
        <span className="field-label">{t('standing.reason')}</span>
        <Input.TextArea
          id="standing-reason"
          autoFocus
          rows={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {choice.fields}
    </Modal>
  );
}

export const Abandon = (props: ActionProps) => <StandingDialog {...props} verb="abandon" />;
export const Block = (props: ActionProps) => <StandingDialog {...props} verb="block" />;
export const Reinstate = (props: ActionProps) => <StandingDialog {...props} verb="reinstate" />;

/** Says in the head of the file that a customer was let go or is blocked. */
export function StandingTag({ record }: SlotProps) {
  const { t } = useTranslation();
  if (record.status !== 'abandoned' && record.status !== 'blocked') return null;
  return (
    <span className={`tag ${record.status === 'blocked' ? 'zhu' : ''}`}>
      {t(`standing.is.${record.status}`)}
    </span>
  );
}

import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { refresh } from '../../../web/approvals/api.ts';
import { useChosen } from '../../../web/approvals/chosen.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { CapState } from '../hospitality/cap.ts';

interface Stepped {
  status: string;
  capState?: CapState;
}

/** What is to be told: over the cap it was not approved for being within it. */
const told = ({ status, capState }: Stepped): string =>
  status === 'approved' && capState && capState !== 'within' ? `approved.${capState}` : status;

/** What is next with some spending: to be submitted, then to be paid. */
export function SpendingSteps({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const { busy, run } = useSaving();
  const choice = useChosen();
  const next = { draft: 'submit', rejected: 'submit', approved: 'pay' }[String(record.status)];
  if (!next || !record.can.update) return null;
  const go = () =>
    run(async () => {
      const made = await post<Stepped>(`/${entity.plural}/${record.id}/${next}`, choice.body);
      refreshEntity(entity.plural);
      refresh();
      toast(t(`spending.now.${told(made)}`), { kind: 'good' });
      choice.reset();
    }, choice.take);
  return (
    <>
      <button type="button" className="button primary" disabled={busy} onClick={() => void go()}>
        {t(`spending.${next}`)}
      </button>
      {choice.asked && (
        <Modal
          open
          width={440}
          title={t('spending.overTitle')}
          okText={t('spending.submit')}
          cancelText={t('cancel')}
          okButtonProps={{ disabled: !choice.ready }}
          confirmLoading={busy}
          onOk={() => void go()}
          onCancel={choice.reset}
        >
          {choice.fields}
        </Modal>
      )}
    </>
  );
}

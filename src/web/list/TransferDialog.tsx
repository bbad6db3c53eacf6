import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Link } from '../api/types.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';
import type { MassDialogProps } from './MassUpdateDialog.tsx';
import { runMass } from './mass.ts';

/** Gives records to another owner; what hangs on them goes along. */
export function TransferDialog({ entity, target, count, onClose }: MassDialogProps) {
  const { t } = useTranslation();
  const [owner, setOwner] = useState<Link | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    const done = await runMass(entity, 'transfer', target, { owner: owner?.id });
    setBusy(false);
    if (done) onClose(true);
  };
  return (
    <Modal
      open
      width={440}
      title={t('transfer.title', { count, label: entity.manyLabel })}
      okText={t('transfer.go')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !owner }}
      confirmLoading={busy}
      onOk={() => void go()}
      onCancel={() => onClose(false)}
    >
      <label className="field" htmlFor="transfer-owner">
        <span className="field-label">{t('transfer.owner')}</span>
      </label>
      <ReferencePicker
        id="transfer-owner"
        to="user"
        noCreate
        autoFocus
        value={owner ? [owner] : []}
        onChange={(next) => setOwner(next[0] ?? null)}
      />
      <p className="field-hint">{t('transfer.hint')}</p>
    </Modal>
  );
}

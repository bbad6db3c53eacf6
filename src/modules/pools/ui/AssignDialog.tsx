import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Target } from '../../../web/api/records.ts';
import type { Link } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { moveCustomers } from './api.ts';

interface Props {
  target: Target;
  count: number;
  onClose: (done: boolean) => void;
}

/** Gives customers of a pool to a person. */
export function AssignDialog({ target, count, onClose }: Props) {
  const { t } = useTranslation();
  const [owner, setOwner] = useState<Link | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    const done = await moveCustomers('assign', target, { owner: owner?.id });
    setBusy(false);
    if (done) onClose(true);
  };
  return (
    <Modal
      open
      width={440}
      title={t('pools.assignTitle', { count })}
      okText={t('pools.assign')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !owner }}
      confirmLoading={busy}
      onOk={() => void go()}
      onCancel={() => onClose(false)}
    >
      <label className="field" htmlFor="assign-owner">
        <span className="field-label">{t('transfer.owner')}</span>
      </label>
      <ReferencePicker
        id="assign-owner"
        to="user"
        noCreate
        autoFocus
        value={owner ? [owner] : []}
        onChange={(next) => setOwner(next[0] ?? null)}
      />
    </Modal>
  );
}

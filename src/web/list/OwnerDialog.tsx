import { Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Link } from '../api/types.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';

interface Props {
  title: string;
  ok: string;
  /** Gives the records to this person; false when none of them was given. */
  give: (owner: Link) => Promise<boolean>;
  onClose: (done: boolean) => void;
  children?: ReactNode;
}

/** Asks to whom records are to belong, and gives them. */
export function OwnerDialog({ title, ok, give, onClose, children }: Props) {
  const { t } = useTranslation();
  const [owner, setOwner] = useState<Link | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    const done = owner !== null && (await give(owner));
    setBusy(false);
    if (done) onClose(true);
  };
  return (
    <Modal
      open
      width={440}
      title={title}
      okText={ok}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !owner }}
      confirmLoading={busy}
      onOk={() => void go()}
      onCancel={() => onClose(false)}
    >
      <label className="field" htmlFor="new-owner">
        <span className="field-label">{t('transfer.owner')}</span>
      </label>
      <ReferencePicker
        id="new-owner"
        to="user"
        among="staff"
        noCreate
        autoFocus
        value={owner ? [owner] : []}
        onChange={(next) => setOwner(next[0] ?? null)}
      />
      {children}
    </Modal>
  );
}

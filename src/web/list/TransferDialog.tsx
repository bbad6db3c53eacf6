import { Modal } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Link } from '../api/types.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';
import { slotsOf } from '../slots.ts';
import type { MassDialogProps } from './MassUpdateDialog.tsx';
import { runMass } from './mass.ts';

/** Gives records to another owner; what hangs on them goes along. */
export function TransferDialog({ entity, target, count, onClose }: MassDialogProps) {
  const { t } = useTranslation();
  const [owner, setOwner] = useState<Link | null>(null);
  const [busy, setBusy] = useState(false);
  const [more, setMore] = useState<Record<string, unknown>>({});
  const go = async () => {
    setBusy(true);
    const done = owner && (await runMass(entity, 'transfer', target, { owner: owner.id, ...more }));
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
      <Suspense fallback={null}>
        {slotsOf(entity.name, 'transfer.beneath').map(({ component: Part, key }) => (
          <Part key={key} entity={entity} target={target} onMore={setMore} />
        ))}
      </Suspense>
      <p className="field-hint">{t('transfer.hint')}</p>
    </Modal>
  );
}

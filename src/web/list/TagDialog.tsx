import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf } from '../api/meta.tsx';
import type { Link } from '../api/types.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';
import type { MassDialogProps } from './MassUpdateDialog.tsx';
import { runMass } from './mass.ts';

const ids = (links: Link[]) => links.map((link) => link.id);

/** Puts tags on many records and takes others off; tags that are already there stay. */
export function TagDialog({ entity, target, count, onClose }: MassDialogProps) {
  const { t } = useTranslation();
  const [add, setAdd] = useState<Link[]>([]);
  const [off, setOff] = useState<Link[]>([]);
  const [busy, setBusy] = useState(false);
  const to = fieldOf(entity, 'tags')?.to ?? 'tag';
  const go = async () => {
    setBusy(true);
    const done = await runMass(entity, 'update', target, {
      set: {},
      add: { tags: ids(add) },
      remove: { tags: ids(off) },
    });
    setBusy(false);
    if (done) onClose(true);
  };
  return (
    <Modal
      open
      width={440}
      title={t('tag.title', { count, label: entity.manyLabel })}
      okText={t('save')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: add.length + off.length === 0 }}
      confirmLoading={busy}
      onOk={() => void go()}
      onCancel={() => onClose(false)}
    >
      <div className="field">
        <label className="field-label" htmlFor="tag-add">
          {t('tag.add')}
        </label>
        <ReferencePicker id="tag-add" to={to} many autoFocus value={add} onChange={setAdd} />
      </div>
      <div className="field">
        <label className="field-label" htmlFor="tag-off">
          {t('tag.remove')}
        </label>
        <ReferencePicker id="tag-off" to={to} many noCreate value={off} onChange={setOff} />
      </div>
    </Modal>
  );
}

import { Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../api/client.ts';
import { refreshEntity } from '../api/records.ts';
import type { Link, WireRecord } from '../api/types.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';
import { toast, toastError } from '../shell/toasts.tsx';
import { useSaving } from '../shell/useSaving.ts';

/** Moving a person never silently moves customers: it asks. */
export function MoveDialog({ user, onClose }: { user: WireRecord; onClose: () => void }) {
  const { t } = useTranslation();
  const [department, setDepartment] = useState<Link | null>(null);
  const [customers, setCustomers] = useState<'keep' | 'move' | null>(null);
  const { busy, run } = useSaving();
  const go = () =>
    run(async () => {
      await post(`/users/${user.id}/move`, { department: department?.id, customers });
      refreshEntity('users');
      toast(t('users.moved', { name: user.title, department: department?.title }));
      onClose();
    }, toastError);
  return (
    <Modal
      open
      width={460}
      title={t('users.moveTitle', { name: user.title })}
      okText={t('users.move')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !department || !customers }}
      confirmLoading={busy}
      onOk={() => void go()}
      onCancel={onClose}
    >
      <div className="field">
        <label className="field-label" htmlFor="move-department">
          {t('users.newDepartment')}
        </label>
        <ReferencePicker
          id="move-department"
          to="department"
          noCreate
          value={department ? [department] : []}
          onChange={(next) => setDepartment(next[0] ?? null)}
        />
      </div>
      <div className="field">
        <span className="field-label">{t('users.customers')}</span>
        <Radio.Group value={customers} onChange={(event) => setCustomers(event.target.value)}>
          <Radio value="keep">{t('users.keep')}</Radio>
          <Radio value="move">{t('users.take')}</Radio>
        </Radio.Group>
      </div>
    </Modal>
  );
}

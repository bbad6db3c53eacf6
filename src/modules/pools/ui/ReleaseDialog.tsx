import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Target, useShortList } from '../../../web/api/records.ts';
import type { ActionProps } from '../../../web/slots.ts';
import { moveCustomers } from './api.ts';

interface Props {
  target: Target;
  count: number;
  onClose: (done: boolean) => void;
}

/** Puts customers into a pool, with the reason whoever takes them next will read. */
export function ReleaseDialog({ target, count, onClose }: Props) {
  const { t } = useTranslation();
  const { data } = useShortList(
    'pools',
    { filter: { field: 'active', op: 'eq', value: true }, sort: 'order' },
    100,
  );
  const [pool, setPool] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    const done = await moveCustomers('release', target, {
      reason: reason.trim(),
      ...(pool ? { pool } : {}),
    });
    setBusy(false);
    if (done) onClose(true);
  };
  return (
    <Modal
      open
      width={440}
      title={t('pools.releaseTitle', { count })}
      okText={t('pools.release')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !reason.trim() }}
      confirmLoading={busy}
      onOk={() => void go()}
      onCancel={() => onClose(false)}
    >
      <label className="field" htmlFor="release-pool">
        <span className="field-label">{t('pools.which')}</span>
        <Select
          id="release-pool"
          value={pool ?? ''}
          onChange={(value) => setPool(value || null)}
          options={[
            { value: '', label: t('pools.fitting') },
            ...(data?.items ?? []).map(({ id, title }) => ({ value: id, label: title })),
          ]}
        />
      </label>
      <label className="field" htmlFor="release-reason">
        <span className="field-label">{t('pools.why')}</span>
        <Input.TextArea
          id="release-reason"
          autoFocus
          rows={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
    </Modal>
  );
}

/** The same for the customer of a file. */
export function ReleaseAction({ record, onClose }: ActionProps) {
  return <ReleaseDialog target={{ ids: [record.id] }} count={1} onClose={onClose} />;
}

import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Link } from '../api/types.ts';
import { mergeAddress } from '../duplicates/api.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';
import type { ActionProps } from '../slots.ts';

const MOST = 9;

/** Asks with which others a record is to become one, and leads to the guide. */
export function MergeWith({ entity, record, onClose }: ActionProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [others, setOthers] = useState<Link[]>([]);
  const go = () => {
    onClose();
    void navigate({ to: mergeAddress(entity.plural, [record.id, ...others.map(({ id }) => id)]) as string });
  };
  return (
    <Modal
      open
      title={t('merge.withTitle', { title: record.title })}
      okText={t('merge.compare')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: others.length === 0 }}
      onOk={go}
      onCancel={onClose}
    >
      <p className="quiet">{t('merge.withText', { label: entity.label })}</p>
      <ReferencePicker
        to={entity.name}
        many
        noCreate
        autoFocus
        label={t('merge.others', { label: entity.label })}
        value={others}
        onChange={(next) => setOthers(next.filter(({ id }) => id !== record.id).slice(0, MOST))}
      />
    </Modal>
  );
}

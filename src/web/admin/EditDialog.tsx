import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { refreshEntity } from '../api/records.ts';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { Fields } from '../form/Fields.tsx';
import { groupsOf } from '../form/model.ts';
import { useRecordForm } from '../form/useRecordForm.ts';
import { FormError } from '../shell/FormError.tsx';
import { keepEnter } from '../shell/hooks.ts';
import { submits } from '../shell/useSaving.ts';

/** Edits a record without leaving the page. */
export function EditDialog(props: {
  entity: MetaEntity;
  record: WireRecord;
  onClose: () => void;
  /** Beneath the fields. */
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const { entity, record, onClose, children } = props;
  const form = useRecordForm({
    entity,
    record,
    onSaved: () => {
      refreshEntity(entity.plural);
      onClose();
    },
  });
  return (
    <Modal
      open
      width={600}
      title={t('form.edit', { title: record.title })}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={form.busy}
      onOk={() => void form.save()}
      onCancel={onClose}
    >
      <FormError message={form.message} />
      <form className="record-form" onKeyDown={keepEnter} onSubmit={submits(form.save)}>
        <Fields
          entity={entity}
          groups={groupsOf(entity, false, false)}
          values={form.values}
          errors={form.errors}
          onChange={form.change}
        />
      </form>
      {children}
    </Modal>
  );
}

import { useNavigate } from '@tanstack/react-router';
import { Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AskedField } from '../../platform/approvals/sheet.shared.ts';
import { post } from '../api/client.ts';
import { refreshEntity } from '../api/records.ts';
import type { MetaField } from '../api/types.ts';
import { FieldEditor } from '../fields/FieldEditor.tsx';
import { toast } from '../shell/toasts.tsx';
import { useSaving } from '../shell/useSaving.ts';
import type { ActionProps } from '../slots.ts';
import { beginnable, refresh, useSubjects } from './api.ts';
import { useChosen } from './chosen.tsx';

const fieldOf = ({ required, options, ...field }: AskedField): MetaField =>
  ({ ...field, access: 'write', required, ...(options ? { options } : {}) }) as MetaField;

const isEmpty = (value: unknown) => value === null || value === undefined || String(value).trim() === '';

/** Begins an approval by hand: what for, what the subject wants to know, whom to ask where one chooses. */
export function SubmitDialog({ entity, record, onClose }: ActionProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const subjects = beginnable(useSubjects().data, entity.name);
  const [name, setName] = useState(subjects[0]?.name);
  const [values, setValues] = useState<Record<string, unknown>>({});
  const [comment, setComment] = useState('');
  const { busy, run } = useSaving();
  const choice = useChosen();
  const subject = subjects.find((each) => each.name === name);
  const form = subject?.form ?? [];
  const ready = form.every((field) => !field.required || !isEmpty(values[field.name])) && choice.ready;
  const go = () =>
    run(async () => {
      const made = await post<{ id: string; status: string }>('/approvals', {
        subject: name,
        record: record.id,
        input: values,
        ...(comment.trim() ? { comment: comment.trim() } : {}),
        ...choice.body,
      });
      refresh();
      refreshEntity(entity.plural);
      toast(t(made.status === 'running' ? 'approvals.submitted' : `approvals.status.${made.status}`), {
        kind: 'good',
      });
      onClose();
      void navigate({ to: `/approvals/${made.id}` as string });
    }, choice.take);
  return (
    <Modal
      open
      width={480}
      title={subjects.length === 1 ? subject?.label : t('approvals.submit')}
      okText={t('approvals.submitNow')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !subject || !ready }}
      confirmLoading={busy}
      onOk={() => void go()}
      onCancel={onClose}
    >
      {subjects.length > 1 && (
        <div className="field">
          <label className="field-label" htmlFor="submit-subject">
            {t('approvals.what')}
          </label>
          <Select
            id="submit-subject"
            value={name ?? null}
            onChange={(next) => {
              setName(next ?? undefined);
              setValues({});
              choice.reset();
            }}
            options={subjects.map((each) => ({ value: each.name, label: each.label }))}
            style={{ width: '100%' }}
          />
        </div>
      )}
      {form.map((field) => (
        <div className="field" key={field.name}>
          <span className="field-label">{field.label}</span>
          <FieldEditor
            field={fieldOf(field)}
            label={field.label}
            noCreate
            value={values[field.name] ?? null}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
          />
        </div>
      ))}
      <div className="field">
        <label className="field-label" htmlFor="submit-comment">
          {t('approvals.reason')}
        </label>
        <Input.TextArea
          id="submit-comment"
          autoSize={{ minRows: 1, maxRows: 4 }}
          maxLength={2000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </div>
      {choice.fields}
    </Modal>
  );
}

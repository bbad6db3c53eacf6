import { Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf } from '../api/client.ts';
import type { Words } from './words.ts';

interface Props {
  title: string;
  width: number;
  ready: boolean;
  save: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog in which the administrator defines something; refusals of the server stand at its head. */
export function DefinitionDialog({ title, width, ready, save, onClose, children }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const run = async () => {
    setBusy(true);
    setMessage(null);
    try {
      await save();
    } catch (error) {
      const more = error instanceof ApiError ? (error.problem.errors ?? []).map((item) => item.message) : [];
      setMessage([messageOf(error), ...more].join(' '));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      width={width}
      title={title}
      okText={t('save')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={busy}
      onOk={() => void run()}
      onCancel={onClose}
    >
      {message && (
        <p className="form-error" role="alert">
          {message}
        </p>
      )}
      {children}
    </Modal>
  );
}

/** A line of the dialog: what it is called, its control, and what it means. */
export function Line(props: { label: string; id: string; hint?: string | undefined; children: ReactNode }) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={props.id}>
        {props.label}
      </label>
      <div className="field-control">
        {props.children}
        {props.hint && <p className="field-hint">{props.hint}</p>}
      </div>
    </div>
  );
}

/** The name in both languages. */
export function NameLines({
  id,
  value,
  onChange,
}: {
  id: string;
  value: Words;
  onChange: (next: Words) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Line id={`${id}-zh`} label={t('fields.nameZh')}>
        <Input
          id={`${id}-zh`}
          autoFocus
          value={value.zh}
          maxLength={40}
          onChange={(event) => onChange({ ...value, zh: event.target.value })}
        />
      </Line>
      <Line id={`${id}-en`} label={t('fields.nameEn')}>
        <Input
          id={`${id}-en`}
          value={value.en}
          maxLength={40}
          onChange={(event) => onChange({ ...value, en: event.target.value })}
        />
      </Line>
    </>
  );
}

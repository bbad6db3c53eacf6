import { Checkbox, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf, patch, post } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import type { FieldKind, MetaEntity } from '../api/types.ts';
import { toast } from '../shell/toasts.tsx';
import { type FieldOption, optionsText, readOptions } from './fieldOptions.ts';

export interface CustomField {
  id: string;
  state: 'ready' | 'indexing' | 'retired';
  entity: string;
  name: string;
  label: { zh: string; en: string };
  kind: FieldKind;
  required?: boolean;
  options?: FieldOption[];
  group?: string | null;
  to?: string | null;
  help?: { zh: string; en: string } | null;
  quick?: boolean;
}

const KINDS: FieldKind[] = [
  'text',
  'longText',
  'integer',
  'decimal',
  'money',
  'date',
  'instant',
  'boolean',
  'choice',
  'multiChoice',
  'reference',
  'phone',
  'email',
  'url',
];

interface Props {
  entity: MetaEntity;
  field: CustomField | null;
  onClose: () => void;
  onSaved: () => void;
}

/** Makes or changes a field; its kind stays as it was made. */
export function FieldDialog({ entity, field, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const meta = useMeta();
  const [zh, setZh] = useState(field?.label.zh ?? '');
  const [en, setEn] = useState(field && field.label.en !== field.label.zh ? field.label.en : '');
  const [kind, setKind] = useState<FieldKind>(field?.kind ?? 'text');
  const [options, setOptions] = useState(optionsText(field?.options));
  const [to, setTo] = useState(field?.to ?? 'user');
  const [required, setRequired] = useState(field?.required ?? false);
  const [quick, setQuick] = useState(field?.quick ?? false);
  const [help, setHelp] = useState(field?.help?.zh ?? '');
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const choice = kind === 'choice' || kind === 'multiChoice';
  const ready = zh.trim() !== '' && (!choice || readOptions(options).length > 0);
  const save = async () => {
    setBusy(true);
    setMessage(null);
    const shared = {
      label: { zh: zh.trim(), en: en.trim() || zh.trim() },
      required,
      quick,
      ...(choice ? { options: readOptions(options, field?.options) } : {}),
      ...(help.trim() ? { help: { zh: help.trim(), en: help.trim() } } : {}),
    };
    try {
      if (field) await patch(`/custom-fields/${field.id}`, shared);
      else
        await post('/custom-fields', {
          entity: entity.name,
          kind,
          ...shared,
          ...(kind === 'reference' ? { to } : {}),
        });
      toast(t('fields.saved', { name: zh.trim() }), { kind: 'good' });
      onSaved();
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
      width={560}
      title={field ? t('form.edit', { title: field.label.zh }) : t('fields.newOf', { label: entity.label })}
      okText={t('save')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={onClose}
    >
      {message && (
        <p className="form-error" role="alert">
          {message}
        </p>
      )}
      <div className="field">
        <label className="field-label" htmlFor="field-zh">
          {t('fields.nameZh')}
        </label>
        <Input
          id="field-zh"
          autoFocus
          value={zh}
          maxLength={60}
          onChange={(event) => setZh(event.target.value)}
        />
      </div>
      <div className="field">
        <label className="field-label" htmlFor="field-en">
          {t('fields.nameEn')}
        </label>
        <Input id="field-en" value={en} maxLength={60} onChange={(event) => setEn(event.target.value)} />
      </div>
      <div className="field">
        <label className="field-label" htmlFor="field-kind">
          {t('fields.kind')}
        </label>
        <Select
          id="field-kind"
          value={kind}
          disabled={!!field}
          options={KINDS.map((item) => ({ value: item, label: t(`kind.${item}`) }))}
          onChange={setKind}
        />
      </div>
      {choice && (
        <div className="field">
          <label className="field-label" htmlFor="field-options">
            {t('fields.options')}
          </label>
          <div>
            <Input.TextArea
              id="field-options"
              rows={5}
              value={options}
              onChange={(event) => setOptions(event.target.value)}
            />
            <p className="field-hint">{t('fields.optionsHint')}</p>
          </div>
        </div>
      )}
      {kind === 'reference' && (
        <div className="field">
          <label className="field-label" htmlFor="field-to">
            {t('fields.to')}
          </label>
          <Select
            id="field-to"
            value={to}
            disabled={!!field}
            options={meta.entities.map((item) => ({ value: item.name, label: item.label }))}
            onChange={setTo}
          />
        </div>
      )}
      <div className="field">
        <label className="field-label" htmlFor="field-help">
          {t('fields.help')}
        </label>
        <Input
          id="field-help"
          value={help}
          maxLength={200}
          onChange={(event) => setHelp(event.target.value)}
        />
      </div>
      <div className="field">
        <span className="field-label" />
        <div className="actions">
          <Checkbox checked={required} onChange={(event) => setRequired(event.target.checked)}>
            {t('fields.required')}
          </Checkbox>
          <Checkbox checked={quick} onChange={(event) => setQuick(event.target.checked)}>
            {t('fields.quick')}
          </Checkbox>
        </div>
      </div>
    </Modal>
  );
}

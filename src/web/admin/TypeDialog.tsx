import { useNavigate } from '@tanstack/react-router';
import { Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf, patch, post } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { ICONS } from '../shell/icons.tsx';

export interface RecordType {
  id: string;
  name: string;
  plural?: string;
  label: { zh: string; en: string };
  icon?: string | null;
  scope?: 'open' | 'own' | 'child';
  state: 'ready' | 'retired';
}

/** Makes a record type, or renames one. */
export function TypeDialog(props: {
  type: RecordType | null;
  onClose: () => void;
  onSaved: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const meta = useMeta();
  const { type } = props;
  const [zh, setZh] = useState(type?.label.zh ?? '');
  const [en, setEn] = useState(type && type.label.en !== type.label.zh ? type.label.en : '');
  const [icon, setIcon] = useState(type?.icon ?? 'folder');
  const [scope, setScope] = useState<'open' | 'own' | 'child'>(type?.scope ?? 'own');
  const [parent, setParent] = useState('customer');
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const save = async () => {
    setBusy(true);
    setMessage(null);
    const shared = { label: { zh: zh.trim(), en: en.trim() || zh.trim() }, icon };
    try {
      const saved = type
        ? await patch<RecordType>(`/record-types/${type.id}`, shared)
        : await post<RecordType>('/record-types', {
            ...shared,
            scope,
            ...(scope === 'child' ? { parent } : {}),
          });
      await props.onSaved();
      props.onClose();
      if (!type)
        void navigate({ to: '/admin/$page', params: { page: 'fields' }, search: { entity: saved.name } });
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
      width={520}
      title={t(type ? 'types.edit' : 'types.new')}
      okText={t('save')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !zh.trim() }}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={props.onClose}
    >
      {message && (
        <p className="form-error" role="alert">
          {message}
        </p>
      )}
      <div className="field">
        <label className="field-label" htmlFor="type-zh">
          {t('fields.nameZh')}
        </label>
        <Input
          id="type-zh"
          autoFocus
          value={zh}
          maxLength={60}
          onChange={(event) => setZh(event.target.value)}
        />
      </div>
      <div className="field">
        <label className="field-label" htmlFor="type-en">
          {t('fields.nameEn')}
        </label>
        <Input id="type-en" value={en} maxLength={60} onChange={(event) => setEn(event.target.value)} />
      </div>
      <div className="field">
        <span className="field-label" id="type-icon">
          {t('types.icon')}
        </span>
        <div className="icon-choice" role="radiogroup" aria-labelledby="type-icon">
          {Object.entries(ICONS).map(([name, Icon]) => (
            <button
              key={name}
              type="button"
              role="radio"
              aria-checked={icon === name}
              aria-label={name}
              className="icon-button"
              onClick={() => setIcon(name)}
            >
              <Icon />
            </button>
          ))}
        </div>
      </div>
      {!type && (
        <div className="field">
          <span className="field-label">{t('types.scope')}</span>
          <Radio.Group value={scope} onChange={(event) => setScope(event.target.value)}>
            <Radio value="own">{t('types.scope.own')}</Radio>
            <Radio value="child">{t('types.scope.child')}</Radio>
            <Radio value="open">{t('types.scope.open')}</Radio>
          </Radio.Group>
        </div>
      )}
      {!type && scope === 'child' && (
        <div className="field">
          <label className="field-label" htmlFor="type-parent">
            {t('types.parent')}
          </label>
          <Select
            id="type-parent"
            value={parent}
            options={meta.entities
              .filter((item) => item.scope === 'own')
              .map((item) => ({ value: item.name, label: item.label }))}
            onChange={setParent}
          />
        </div>
      )}
    </Modal>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, get, messageOf, patch, post, remove } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { queryClient } from '../api/query.ts';
import { ask } from '../shell/ask.tsx';
import { ICONS } from '../shell/icons.tsx';
import { toast, toastError } from '../shell/toasts.tsx';

interface RecordType {
  id: string;
  name: string;
  plural?: string;
  label: { zh: string; en: string };
  icon?: string | null;
  scope?: 'open' | 'own';
}

const KEY = ['record-types'];

/** Record types of the administrator's own: name, fields, list, file page, rights and import like the built-in ones. */
export function TypesPage() {
  const { t, i18n } = useTranslation();
  const meta = useMeta();
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: () => get<{ items: RecordType[] }>('/record-types'),
  });
  const [editing, setEditing] = useState<RecordType | 'new' | null>(null);
  const label = (type: RecordType) => type.label[i18n.language === 'en' ? 'en' : 'zh'];
  const refresh = async () => {
    await queryClient.invalidateQueries({ queryKey: KEY });
    await queryClient.invalidateQueries({ queryKey: ['meta'] });
  };
  const drop = async (type: RecordType) => {
    const yes = await ask({
      title: t('types.deleteTitle', { name: label(type) }),
      body: t('types.deleteText'),
      action: t('delete'),
      danger: true,
    });
    if (!yes) return;
    await remove(`/record-types/${type.id}`).then(
      () => toast(t('deleted.one', { title: label(type) })),
      toastError,
    );
    await refresh();
  };
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{t('admin.types')}</h1>
        <span className="fill" />
        <Button type="primary" onClick={() => setEditing('new')}>
          {t('types.new')}
        </Button>
      </div>
      {error && <p className="form-error">{messageOf(error)}</p>}
      {data?.items.length === 0 ? (
        <div className="empty-page card">
          <h2>{t('types.none')}</h2>
          <p>{t('types.noneText')}</p>
        </div>
      ) : (
        <section className="card">
          <ul className="admin-list">
            {data?.items.map((type) => {
              const entity = meta.entity(type.name);
              return (
                <li key={type.id}>
                  <b>{label(type)}</b>
                  <code className="quiet">{type.name}</code>
                  <span className="fill" />
                  {entity && (
                    <Link className="link" to="/r/$plural" params={{ plural: entity.plural }}>
                      {t('types.open')}
                    </Link>
                  )}
                  <Link
                    className="link"
                    to="/admin/$page"
                    params={{ page: 'fields' }}
                    search={{ entity: type.name }}
                  >
                    {t('types.fields')}
                  </Link>
                  <button type="button" className="link" onClick={() => setEditing(type)}>
                    {t('edit')}
                  </button>
                  <button type="button" className="link danger" onClick={() => void drop(type)}>
                    {t('delete')}
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {editing && (
        <TypeDialog
          type={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={refresh}
        />
      )}
    </>
  );
}

function TypeDialog(props: { type: RecordType | null; onClose: () => void; onSaved: () => Promise<void> }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { type } = props;
  const [zh, setZh] = useState(type?.label.zh ?? '');
  const [en, setEn] = useState(type && type.label.en !== type.label.zh ? type.label.en : '');
  const [icon, setIcon] = useState(type?.icon ?? 'folder');
  const [scope, setScope] = useState<'open' | 'own'>(type?.scope ?? 'own');
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const save = async () => {
    setBusy(true);
    setMessage(null);
    const shared = { label: { zh: zh.trim(), en: en.trim() || zh.trim() }, icon };
    try {
      const saved = type
        ? await patch<RecordType>(`/record-types/${type.id}`, shared)
        : await post<RecordType>('/record-types', { ...shared, scope });
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
            <Radio value="open">{t('types.scope.open')}</Radio>
          </Radio.Group>
        </div>
      )}
    </Modal>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post, remove } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import type { Link } from '../api/types.ts';
import { instantText } from '../fields/format.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';
import { ask } from '../shell/ask.tsx';
import { toastError } from '../shell/toasts.tsx';
import { CopyLine } from './CopyLine.tsx';

const DateInput = lazy(() => import('../fields/DateInput.tsx'));
const KEY = ['api-keys'];

interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  user: Link;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}

/** Keys for other programs; each acts as a person and is shown once. */
export function KeysPage() {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: KEY, queryFn: () => get<{ items: ApiKey[] }>('/api-keys') });
  const [adding, setAdding] = useState(false);
  const drop = async (key: ApiKey) => {
    const yes = await ask({
      title: t('keys.endTitle', { name: key.name }),
      body: t('keys.endText'),
      action: t('keys.end'),
      danger: true,
    });
    if (!yes) return;
    await remove(`/api-keys/${key.id}`).catch(toastError);
    await queryClient.invalidateQueries({ queryKey: KEY });
  };
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{t('admin.keys')}</h1>
        <a className="quiet" href="/api/openapi.json" target="_blank" rel="noreferrer">
          {t('keys.document')}
        </a>
        <span className="fill" />
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('keys.new')}
        </Button>
      </div>
      {data?.items.length === 0 ? (
        <div className="empty-page card">
          <h2>{t('keys.none')}</h2>
          <p>{t('keys.noneText')}</p>
        </div>
      ) : (
        <section className="card scroll-x">
          <table className="plain-table">
            <thead>
              <tr>
                <th>{t('keys.name')}</th>
                <th>{t('keys.begins')}</th>
                <th>{t('keys.user')}</th>
                <th>{t('keys.created')}</th>
                <th>{t('keys.expires')}</th>
                <th>{t('keys.used')}</th>
                <th>
                  <span className="sr">{t('more')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data?.items.map((key) => (
                <tr key={key.id}>
                  <td>{key.name}</td>
                  <td>
                    <code>{key.prefix}…</code>
                  </td>
                  <td>{key.user.title}</td>
                  <td>{instantText(key.createdAt)}</td>
                  <td>{key.expiresAt ? instantText(key.expiresAt) : t('share.forever')}</td>
                  <td>{key.lastUsedAt ? instantText(key.lastUsedAt) : t('keys.never')}</td>
                  <td className="num">
                    <button type="button" className="link danger" onClick={() => void drop(key)}>
                      {t('keys.end')}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {adding && <NewKey onClose={() => setAdding(false)} />}
    </>
  );
}

function NewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [user, setUser] = useState<Link | null>(null);
  const [expiresAt, setExpiresAt] = useState<string | null>(null);
  const [key, setKey] = useState<string | null>(null);
  const make = async () => {
    try {
      const made = await post<{ key: string }>('/api-keys', {
        name: name.trim(),
        ...(user ? { user: user.id } : {}),
        ...(expiresAt ? { expiresAt } : {}),
      });
      setKey(made.key);
      await queryClient.invalidateQueries({ queryKey: KEY });
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <Modal
      open
      width={520}
      title={t('keys.new')}
      okText={t('keys.make')}
      cancelText={t(key ? 'close' : 'cancel')}
      okButtonProps={{ disabled: !name.trim(), style: key ? { display: 'none' } : {} }}
      onOk={() => void make()}
      onCancel={onClose}
    >
      {key ? (
        <>
          <p>{t('keys.once')}</p>
          <CopyLine text={key} label={t('keys.key')} />
        </>
      ) : (
        <>
          <div className="field">
            <label className="field-label" htmlFor="key-name">
              {t('keys.name')}
            </label>
            <Input
              id="key-name"
              autoFocus
              value={name}
              maxLength={100}
              placeholder={t('keys.nameHint')}
              onChange={(event) => setName(event.target.value)}
            />
          </div>
          <div className="field">
            <label className="field-label" htmlFor="key-user">
              {t('keys.user')}
            </label>
            <div>
              <ReferencePicker
                id="key-user"
                to="user"
                among="active"
                noCreate
                value={user ? [user] : []}
                onChange={(next) => setUser(next[0] ?? null)}
              />
              <p className="field-hint">{t('keys.userHint')}</p>
            </div>
          </div>
          <div className="field">
            <label className="field-label" htmlFor="key-expires">
              {t('keys.expires')}
            </label>
            <Suspense fallback={<span className="input-wait" />}>
              <DateInput id="key-expires" value={expiresAt} withTime onChange={setExpiresAt} />
            </Suspense>
          </div>
        </>
      )}
    </Modal>
  );
}

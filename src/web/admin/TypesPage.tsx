import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, messageOf, patch, remove } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { queryClient } from '../api/query.ts';
import { ask } from '../shell/ask.tsx';
import { toast, toastError } from '../shell/toasts.tsx';
import { type RecordType, TypeDialog } from './TypeDialog.tsx';

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
  const act = async (work: Promise<unknown>, said: string) => {
    await work.then(() => toast(said), toastError);
    await refresh();
  };
  const retire = async (type: RecordType) => {
    const yes = await ask({
      title: t('types.retireTitle', { name: label(type) }),
      body: t('types.retireText'),
      action: t('fields.retire'),
    });
    if (yes) await act(remove(`/record-types/${type.id}`), t('fields.retired', { name: label(type) }));
  };
  const erase = async (type: RecordType) => {
    const usage = await get<{ count: number }>(`/record-types/${type.id}/usage`).catch(toastError);
    if (typeof usage !== 'object') return;
    const yes = await ask({
      title: t('types.deleteTitle', { name: label(type) }),
      body: t('types.deleteText', { count: usage.count }),
      action: t('bin.forever'),
      danger: true,
    });
    if (!yes) return;
    await act(
      remove(`/record-types/${type.id}`, { confirm: usage.count }),
      t('deleted.one', { title: label(type) }),
    );
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
                  {type.state === 'retired' ? (
                    <>
                      <span className="tag">{t('fields.retiredMark')}</span>
                      <button
                        type="button"
                        className="link"
                        onClick={() =>
                          void act(
                            patch(`/record-types/${type.id}`, { retired: false }),
                            t('fields.back', { name: label(type) }),
                          )
                        }
                      >
                        {t('bin.restore')}
                      </button>
                      <button type="button" className="link danger" onClick={() => void erase(type)}>
                        {t('bin.forever')}
                      </button>
                    </>
                  ) : (
                    <>
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
                      <button type="button" className="link" onClick={() => void retire(type)}>
                        {t('fields.retire')}
                      </button>
                    </>
                  )}
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

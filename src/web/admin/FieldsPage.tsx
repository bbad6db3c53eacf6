import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, messageOf, patch, remove } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { queryClient } from '../api/query.ts';
import { ask } from '../shell/ask.tsx';
import { toast, toastError } from '../shell/toasts.tsx';
import { FieldDialog } from './FieldDialog.tsx';
import type { CustomField } from './fieldDraft.ts';
import { type FieldUsage, UsedBy } from './UsedBy.tsx';

/** Fields of a record type; the administrator's own are real fields everywhere at once. */
export function FieldsPage() {
  const { t, i18n } = useTranslation();
  const meta = useMeta();
  const navigate = useNavigate();
  const { entity: wanted } = useSearch({ from: '/admin/$page' });
  const entity = meta.entity(wanted ?? 'customer') ?? meta.entities[0];
  const [editing, setEditing] = useState<CustomField | 'new' | null>(null);
  const key = ['custom-fields', entity?.name];
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: () => get<{ items: CustomField[] }>('/custom-fields', { entity: entity?.name }),
  });
  if (!entity) return null;
  const own = data?.items.filter((field) => field.state !== 'retired') ?? [];
  const retired = data?.items.filter((field) => field.state === 'retired') ?? [];
  const refresh = async () => {
    await queryClient.invalidateQueries({ queryKey: key });
    await queryClient.invalidateQueries({ queryKey: ['meta'] });
  };
  const label = (field: CustomField) => field.label[i18n.language === 'en' ? 'en' : 'zh'];
  const act = async (work: Promise<unknown>, said: string) => {
    await work.then(() => toast(said), toastError);
    await refresh();
  };
  const usageOf = (field: CustomField) =>
    get<FieldUsage>(`/custom-fields/${field.id}/usage`).catch((failure: unknown) => {
      toastError(failure);
      return null;
    });
  const retire = async (field: CustomField) => {
    const usage = await usageOf(field);
    if (!usage) return;
    const yes = await ask({
      title: t('fields.retireTitle', { name: label(field) }),
      body: (
        <>
          <p>{t('fields.retireText')}</p>
          <UsedBy usage={usage} />
        </>
      ),
      action: t('fields.retire'),
    });
    if (yes) await act(remove(`/custom-fields/${field.id}`), t('fields.retired', { name: label(field) }));
  };
  const erase = async (field: CustomField) => {
    const usage = await usageOf(field);
    if (!usage) return;
    const yes = await ask({
      title: t('fields.deleteTitle', { name: label(field) }),
      body: (
        <>
          <p>{t('fields.deleteText', { count: usage.count, label: entity.label })}</p>
          <UsedBy usage={usage} />
        </>
      ),
      action: t('bin.forever'),
      danger: true,
    });
    if (!yes) return;
    await act(
      remove(`/custom-fields/${field.id}`, { confirm: usage.count }),
      t('deleted.one', { title: label(field) }),
    );
  };
  const built = entity.fields.filter((field) => !field.custom && !field.internal);
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{t('admin.fields')}</h1>
        <Select
          aria-label={t('fields.type')}
          value={entity.name}
          options={meta.entities.map((item) => ({ value: item.name, label: item.label }))}
          onChange={(name) =>
            void navigate({ to: '/admin/$page', params: { page: 'fields' }, search: { entity: name } })
          }
          style={{ width: 160 }}
        />
        <span className="fill" />
        <Button type="primary" onClick={() => setEditing('new')}>
          {t('fields.new')}
        </Button>
      </div>
      {error && <p className="form-error">{messageOf(error)}</p>}
      <section className="card">
        <header>
          <h2>{t('fields.own')}</h2>
        </header>
        <ul className="admin-list">
          {own.map((field) => (
            <li key={field.id}>
              <b>{label(field)}</b>
              <span className="tag">{t(`kind.${field.kind}`)}</span>
              {field.required && <span className="tag teng">{t('fields.required')}</span>}
              {field.state === 'indexing' && <span className="tag dai">{t('fields.indexing')}</span>}
              <code className="quiet">{field.name}</code>
              <span className="fill" />
              <button type="button" className="link" onClick={() => setEditing(field)}>
                {t('edit')}
              </button>
              <button type="button" className="link" onClick={() => void retire(field)}>
                {t('fields.retire')}
              </button>
            </li>
          ))}
          {data && own.length === 0 && <li className="quiet">{t('fields.none')}</li>}
        </ul>
      </section>
      {retired.length > 0 && (
        <section className="card">
          <header>
            <h2>{t('fields.retiredOnes')}</h2>
          </header>
          <ul className="admin-list">
            {retired.map((field) => (
              <li key={field.id}>
                <span className="quiet fill">{label(field)}</span>
                <button
                  type="button"
                  className="link"
                  onClick={() =>
                    void act(
                      patch(`/custom-fields/${field.id}`, { retired: false }),
                      t('fields.back', { name: label(field) }),
                    )
                  }
                >
                  {t('bin.restore')}
                </button>
                <button type="button" className="link danger" onClick={() => void erase(field)}>
                  {t('bin.forever')}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="card">
        <header>
          <h2>{t('fields.built')}</h2>
        </header>
        <ul className="admin-list tight">
          {built.map((field) => (
            <li key={field.name}>
              <span>{field.label}</span>
              <span className="tag">{t(`kind.${field.kind}`)}</span>
              {field.required && <span className="tag teng">{t('fields.required')}</span>}
            </li>
          ))}
        </ul>
      </section>
      {editing && (
        <FieldDialog
          entity={entity}
          field={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={() => {
            setEditing(null);
            void refresh();
          }}
        />
      )}
    </>
  );
}

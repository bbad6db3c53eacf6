import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Permissions } from '../../platform/access/permissions.ts';
import { useMeta } from '../api/meta.tsx';
import { useShortList } from '../api/records.ts';
import type { MetaEntity } from '../api/types.ts';
import { openCreate } from '../form/create.ts';
import { deleteOne } from '../list/mass.ts';
import { ask } from '../shell/ask.tsx';
import { FailedPage, PageSkeleton } from '../shell/StatusPage.tsx';
import { RoleEditor } from './RoleEditor.tsx';

/** Roles: what their holders may do, over which records, and which fields they see. */
export function RolesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const entity = useMeta().entity('role') as MetaEntity;
  const { id } = useSearch({ from: '/admin/$page' });
  const { data, error, refetch } = useShortList(entity.plural, { sort: 'name' }, 200);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const open = (role: string | undefined) =>
    void navigate({ to: '/admin/$page', params: { page: 'roles' }, search: role ? { id: role } : {} });
  const role = data.items.find((item) => item.id === id);
  if (role) return <RoleEditor key={role.id} entity={entity} role={role} onClose={() => open(undefined)} />;
  const add = async () => {
    const made = await openCreate(entity);
    await refetch();
    if (made) open(made.id);
  };
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{t('admin.roles')}</h1>
        <span className="fill" />
        <Button type="primary" onClick={() => void add()}>
          {t('newOf', { label: entity.label })}
        </Button>
      </div>
      <section className="card">
        <ul className="admin-list">
          {data.items.map((item) => (
            <li key={item.id}>
              <div className="fill">
                <button type="button" className="link strong" onClick={() => open(item.id)}>
                  {item.title}
                </button>
                <small>
                  {(item.permissions as Permissions | null)?.administrator
                    ? t('roles.administrator')
                    : ((item.description as string | null) ?? '')}
                </small>
              </div>
              {item.can.delete && (
                <button
                  type="button"
                  className="link danger"
                  onClick={async () => {
                    const yes = await ask({
                      title: t('roles.deleteTitle', { name: item.title }),
                      body: t('roles.deleteText'),
                      action: t('delete'),
                      danger: true,
                    });
                    if (yes) await deleteOne(entity, item);
                  }}
                >
                  {t('delete')}
                </button>
              )}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { queryClient } from '../api/query.ts';
import type { Link, ListAnswer, MetaEntity, WireRecord } from '../api/types.ts';
import { openCreate } from '../form/create.ts';
import { deleteOne } from '../list/mass.ts';
import { ask } from '../shell/ask.tsx';
import { FailedPage, PageSkeleton } from '../shell/StatusPage.tsx';
import { EditDialog } from './EditDialog.tsx';

const KEY = ['short', 'departments', 'all'];
const PAGE = 200;

async function allDepartments(): Promise<ListAnswer> {
  const items: WireRecord[] = [];
  let cursor: string | null = null;
  do {
    const page: ListAnswer = await get<ListAnswer>('/departments', { sort: 'name', limit: PAGE, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return { items, nextCursor: null };
}

const parentOf = (department: WireRecord) => (department.parent as Link | null | undefined)?.id ?? null;

/** The company's departments as the tree they are. */
export function DepartmentsPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('department') as MetaEntity;
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: allDepartments });
  const [editing, setEditing] = useState<WireRecord | null>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: KEY });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const known = new Set(data.items.map((item) => item.id));
  const below = Map.groupBy(data.items, (item) => {
    const parent = parentOf(item);
    return parent && known.has(parent) ? parent : null;
  });
  const add = async (parent?: WireRecord) => {
    await openCreate(entity, parent ? { parent: { id: parent.id, title: parent.title } } : {});
    await refresh();
  };
  const drop = async (department: WireRecord) => {
    const yes = await ask({
      title: t('departments.deleteTitle', { name: department.title }),
      body: t('departments.deleteText'),
      action: t('delete'),
      danger: true,
    });
    if (yes && (await deleteOne(entity, department))) await refresh();
  };
  const branch = (parent: string | null) => (
    <ul className="tree">
      {below.get(parent)?.map((department) => (
        <li key={department.id}>
          <div className="tree-line">
            <b>{department.title}</b>
            <span className="quiet">{(department.manager as Link | null | undefined)?.title}</span>
            <span className="fill" />
            <button type="button" className="link" onClick={() => void add(department)}>
              {t('departments.addBelow')}
            </button>
            <button type="button" className="link" onClick={() => setEditing(department)}>
              {t('edit')}
            </button>
            <button type="button" className="link danger" onClick={() => void drop(department)}>
              {t('delete')}
            </button>
          </div>
          {below.has(department.id) && branch(department.id)}
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{t('admin.departments')}</h1>
        <span className="fill" />
        <Button type="primary" onClick={() => void add()}>
          {t('newOf', { label: entity.label })}
        </Button>
      </div>
      {data.items.length === 0 ? (
        <div className="empty-page card">
          <h2>{t('list.none', { label: entity.label })}</h2>
          <p>{t('departments.none')}</p>
        </div>
      ) : (
        <section className="card pad">{branch(null)}</section>
      )}
      {editing && (
        <EditDialog
          entity={entity}
          record={editing}
          onClose={() => {
            setEditing(null);
            void refresh();
          }}
        />
      )}
    </>
  );
}

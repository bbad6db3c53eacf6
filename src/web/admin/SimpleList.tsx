import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refreshEntity, useList } from '../api/records.ts';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { FieldValue } from '../fields/FieldValue.tsx';
import { openCreate } from '../form/create.ts';
import { deleteOne } from '../list/mass.ts';
import { EditDialog } from './EditDialog.tsx';

/** A small catalogue: add, change, take away. */
export function SimpleList({ entity }: { entity: MetaEntity }) {
  const { t } = useTranslation();
  const { data, hasNextPage, fetchNextPage } = useList(entity.plural, { sort: entity.list.sort });
  const [editing, setEditing] = useState<WireRecord | null>(null);
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  const columns = entity.list.columns.flatMap(
    (name) => entity.fields.find((field) => field.name === name) ?? [],
  );
  const add = async () => {
    if (await openCreate(entity)) refreshEntity(entity.plural);
  };
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{entity.manyLabel}</h1>
        <span className="fill" />
        <Button type="primary" onClick={() => void add()}>
          {t('newOf', { label: entity.label })}
        </Button>
      </div>
      {data && rows.length === 0 ? (
        <div className="empty-page card">
          <h2>{t('list.none', { label: entity.label })}</h2>
          <p>{t('list.noneText', { label: entity.label })}</p>
        </div>
      ) : (
        <section className="card scroll-x">
          <table className="plain-table">
            <thead>
              <tr>
                {columns.map((field) => (
                  <th key={field.name}>{field.label}</th>
                ))}
                <th>
                  <span className="sr">{t('more')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((record) => (
                <tr key={record.id}>
                  {columns.map((field) => (
                    <td key={field.name}>
                      <FieldValue field={field} value={record[field.name]} compact />
                    </td>
                  ))}
                  <td className="num">
                    <button type="button" className="link" onClick={() => setEditing(record)}>
                      {t('edit')}
                    </button>
                    <button
                      type="button"
                      className="link danger"
                      onClick={() => void deleteOne(entity, record)}
                    >
                      {t('delete')}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {hasNextPage && (
            <Button block type="text" onClick={() => void fetchNextPage()}>
              {t('timeline.more')}
            </Button>
          )}
        </section>
      )}
      {editing && <EditDialog entity={entity} record={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

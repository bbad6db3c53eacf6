import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refreshEntity, useList } from '../api/records.ts';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { openCreate } from '../form/create.ts';
import { deleteOne } from '../list/mass.ts';
import { EditDialog } from './EditDialog.tsx';
import { RecordTable } from './RecordTable.tsx';

/** A small catalogue: add, change, take away. */
export function SimpleList({ entity }: { entity: MetaEntity }) {
  const { t } = useTranslation();
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useList(entity.plural, {
    sort: entity.list.sort,
  });
  const [editing, setEditing] = useState<WireRecord | null>(null);
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
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
        <RecordTable
          entity={entity}
          columns={entity.list.columns}
          rows={rows}
          hasMore={hasNextPage}
          busy={isFetchingNextPage}
          onMore={() => void fetchNextPage()}
          actions={(record) => (
            <>
              <button type="button" className="link" onClick={() => setEditing(record)}>
                {t('edit')}
              </button>
              <button type="button" className="link danger" onClick={() => void deleteOne(entity, record)}>
                {t('delete')}
              </button>
            </>
          )}
        />
      )}
      {editing && <EditDialog entity={entity} record={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

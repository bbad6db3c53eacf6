import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../api/records.ts';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { deleteOne } from '../list/mass.ts';
import { RecordTable } from './RecordTable.tsx';

interface Props {
  entity: MetaEntity;
  sort: string | undefined;
  /** What stands there while there are none. */
  none: { title: string; text: string };
  add: () => unknown;
  /** The dialog in which a record is changed. */
  edit: (record: WireRecord, close: () => void) => ReactNode;
}

/** The records of a small type in one table: add, change, take away. */
export function Catalogue({ entity, sort, none, add, edit }: Props) {
  const { t } = useTranslation();
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useList(entity.plural, { sort });
  const [editing, setEditing] = useState<WireRecord | null>(null);
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
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
          <h2>{none.title}</h2>
          <p>{none.text}</p>
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
      {editing && edit(editing, () => setEditing(null))}
    </>
  );
}

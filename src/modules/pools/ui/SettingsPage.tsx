import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RecordTable } from '../../../web/admin/RecordTable.tsx';
import { useMeta } from '../../../web/api/meta.tsx';
import { useList } from '../../../web/api/records.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import { deleteOne } from '../../../web/list/mass.ts';
import { StatusPage } from '../../../web/shell/StatusPage.tsx';
import { PoolDialog } from './PoolDialog.tsx';

/** The pools of the company: who may take from them, and by which rules customers come and go. */
export function SettingsPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('pool');
  const [editing, setEditing] = useState<WireRecord | 'new' | null>(null);
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useList('pools', { sort: 'order' });
  if (!entity) return <StatusPage title={t('page.missing')} />;
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{entity.manyLabel}</h1>
        <span className="fill" />
        <Button type="primary" onClick={() => setEditing('new')}>
          {t('newOf', { label: entity.label })}
        </Button>
      </div>
      {data && rows.length === 0 ? (
        <div className="empty-page card">
          <h2>{t('pools.noneYet')}</h2>
          <p>{t('pools.noneYetText')}</p>
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
      {editing && (
        <PoolDialog
          entity={entity}
          {...(editing === 'new' ? {} : { record: editing })}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

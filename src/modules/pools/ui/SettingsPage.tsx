import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Catalogue } from '../../../web/admin/Catalogue.tsx';
import { useMeta } from '../../../web/api/meta.tsx';
import { StatusPage } from '../../../web/shell/StatusPage.tsx';
import { PoolDialog } from './PoolDialog.tsx';

/** The pools of the company: who may take from them, and by which rules customers come and go. */
export function SettingsPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('pool');
  const [adding, setAdding] = useState(false);
  if (!entity) return <StatusPage title={t('page.missing')} />;
  return (
    <>
      <Catalogue
        entity={entity}
        sort="order"
        none={{ title: t('pools.noneYet'), text: t('pools.noneYetText') }}
        add={() => setAdding(true)}
        edit={(record, close) => <PoolDialog entity={entity} record={record} onClose={close} />}
      />
      {adding && <PoolDialog entity={entity} onClose={() => setAdding(false)} />}
    </>
  );
}

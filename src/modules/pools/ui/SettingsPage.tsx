import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Catalogue } from '../../../web/admin/Catalogue.tsx';
import { ConditionDialog } from '../../../web/admin/ConditionDialog.tsx';
import { useMeta } from '../../../web/api/meta.tsx';
import { StatusPage } from '../../../web/shell/StatusPage.tsx';

/** The pools of the company: who may take from them, and by which rules customers come and go. */
export function SettingsPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('pool');
  const [adding, setAdding] = useState(false);
  const words = { of: 'customer', title: t('pools.condition'), hint: t('pools.conditionHint') };
  if (!entity) return <StatusPage title={t('page.missing')} />;
  return (
    <>
      <Catalogue
        entity={entity}
        sort="order"
        none={{ title: t('pools.noneYet'), text: t('pools.noneYetText') }}
        add={() => setAdding(true)}
        edit={(record, close) => (
          <ConditionDialog entity={entity} record={record} {...words} onClose={close} />
        )}
      />
      {adding && <ConditionDialog entity={entity} {...words} onClose={() => setAdding(false)} />}
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import type { MetaEntity } from '../api/types.ts';
import { StatusPage } from '../shell/StatusPage.tsx';
import { SimpleList } from './SimpleList.tsx';

/** The words people may put on records. */
export function TagsPage() {
  const { t } = useTranslation();
  const entity: MetaEntity | undefined = useMeta().entity('tag');
  if (!entity) return <StatusPage title={t('page.missing')} />;
  return <SimpleList entity={entity} />;
}

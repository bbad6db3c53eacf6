import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import { StatusPage } from '../shell/StatusPage.tsx';
import '../styles/list.css';
import { ListView } from './ListView.tsx';

export function ListPage() {
  const { t } = useTranslation();
  const { plural } = useParams({ from: '/r/$plural' });
  const entity = useMeta().byPlural(plural);
  if (!entity)
    return (
      <StatusPage title={t('page.missing')} text={t('page.missingText')}>
        <a className="link" href="/">
          {t('page.home')}
        </a>
      </StatusPage>
    );
  return <ListView key={entity.name} entity={entity} />;
}

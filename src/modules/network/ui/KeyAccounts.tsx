import { Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import { useShortList } from '../../../web/api/records.ts';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';

/** The customers on whose team one is: the list of customers, filtered; whoever is on none learns how one gets there. */
export function KeyAccounts() {
  const { t } = useTranslation();
  const { me } = useMeta();
  const filter = { and: [{ field: 'team', op: 'in' as const, value: [me.id] }] };
  const { data, error, refetch } = useShortList('customers', { filter }, 1);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  if (data.items.length > 0)
    return <Navigate to="/r/$plural" params={{ plural: 'customers' }} search={{ filter }} replace />;
  return (
    <div className="page narrow">
      <div className="head">
        <h1 tabIndex={-1}>{t('team.mine')}</h1>
      </div>
      <div className="empty-page card">
        <h2>{t('team.mineNone')}</h2>
        <p>{t('team.mineNoneText')}</p>
      </div>
    </div>
  );
}

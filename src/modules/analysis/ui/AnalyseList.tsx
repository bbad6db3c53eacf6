import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import type { FilterSlotProps } from '../../../web/slots.ts';

/** What a list shows becomes what a report counts. */
export function AnalyseList({ entity, filter }: FilterSlotProps) {
  const { t } = useTranslation();
  const reports = useMeta().entity('savedReport');
  if (!reports || !may(reports, 'create')) return null;
  return (
    <Link
      className="link"
      to={'/analysis/new' as string}
      search={{ entity: entity.name, ...(filter ? { filter } : {}) } as never}
    >
      {t('analysis.ofList')}
    </Link>
  );
}

import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import { useOverdueContacts } from './overdue.ts';

/** How many of my, or my people's, customers wait too long; pressed, who. */
export function OverdueLink({ team }: { team: boolean }) {
  const { t } = useTranslation();
  const { me } = useMeta();
  const { data } = useOverdueContacts();
  const count = (data?.items ?? [])
    .filter(({ person }) => team || person.id === me.id)
    .reduce((sum, line) => sum + line.count, 0);
  if (count === 0) return null;
  return (
    <Link className="tag teng" to={'/overdue' as string} search={(team ? { people: 'team' } : {}) as never}>
      {t('overdue.link', { count })}
    </Link>
  );
}

import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import { useOverdueContacts } from './overdue.ts';

const MOST = 5;

/** How many customers have waited too long to hear from us, each number with its list. */
export function Overdue({ people }: { people: string }) {
  const { t } = useTranslation();
  const { me } = useMeta();
  const { data } = useOverdueContacts();
  const whose = people === 'me' ? me.id : people;
  const lines = data?.items.filter(({ person }) => people === 'team' || person.id === whose) ?? [];
  return lines.slice(0, MOST).map(({ person, count, since }) => (
    <Link
      key={person.id}
      className="tag teng"
      to={'/overdue' as string}
      search={{ people: person.id === me.id ? 'me' : person.id } as never}
      title={t('agenda.overdueSince', { date: since })}
    >
      {t('agenda.overdue', { name: people === 'team' ? person.title : '', count })}
    </Link>
  ));
}

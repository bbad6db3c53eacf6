import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { Filter, Link as Reference } from '../../../web/api/types.ts';

interface Line {
  person: Reference;
  count: number;
  since: string;
  filter: Filter;
}

const MOST = 5;

/** How many customers have waited too long to hear from us, each number with its list. */
export function Overdue({ people }: { people: string }) {
  const { t } = useTranslation();
  const meta = useMeta();
  const customer = meta.entity('customer');
  const { data } = useQuery({
    queryKey: ['overdue-contacts'],
    queryFn: () => get<{ items: Line[] }>('/calendar/overdue-contacts'),
    enabled: customer !== undefined,
    retry: false,
  });
  const whose = people === 'me' ? meta.me.id : people;
  const lines = data?.items.filter(({ person }) => people === 'team' || person.id === whose) ?? [];
  if (!customer || lines.length === 0) return null;
  return lines.slice(0, MOST).map(({ person, count, since, filter }) => (
    <Link
      key={person.id}
      className="tag teng"
      to="/r/$plural"
      params={{ plural: customer.plural }}
      search={{ filter, sort: 'nextContactDue' }}
      title={t('agenda.overdueSince', { date: since })}
    >
      {t('agenda.overdue', { name: people === 'team' ? person.title : '', count })}
    </Link>
  ));
}

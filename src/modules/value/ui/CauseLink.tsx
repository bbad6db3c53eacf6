import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { Cause } from '../entry/cause.ts';

/** What a cost by rule was caused by, and the way there. */
export function CauseLink({ record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['record', 'cost-entries', record.id, 'cause'],
    queryFn: () => get<Cause>(`/value/cause/${record.id}`),
  });
  if (!data) return null;
  return (
    <span className="quiet">
      {t('worth.causeOf', { source: data.label })}{' '}
      {data.title === null ? (
        t('worth.unseenCause')
      ) : (
        <Link to="/r/$plural/$id" params={{ plural: data.plural, id: data.id }}>
          {data.title || t('worth.cause')}
        </Link>
      )}
    </span>
  );
}

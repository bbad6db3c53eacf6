import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { dayOf } from '../../../web/fields/format.ts';

interface SinceAnswer {
  last: { at: string; kind: string; subject: string | null } | null;
  items: { id: string; at: string; title: string; summary: string }[];
  more: boolean;
}

/** This year's days without the year. */
function dayIn(instant: string): string {
  const day = dayOf(instant);
  return day.slice(0, 4) === dayOf(new Date().toISOString()).slice(0, 4) ? day.slice(5) : day;
}

/** What changed at the customer since last time. */
export function Since({ plural, id }: { plural: string; id: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['timeline', 'since', plural, id],
    queryFn: () => get<SinceAnswer>(`/${plural}/${id}/since`),
  });
  if (!data) return null;
  return (
    <section className="card pad">
      <h2>{t('since.title')}</h2>
      <p className="quiet">
        {data.last
          ? t('since.last', { date: dayOf(data.last.at), what: data.last.subject ?? '' })
          : t('since.never')}
      </p>
      <ul className="since-list">
        {data.items.map((item) => (
          <li key={item.id}>
            <time className="quiet">{dayIn(item.at)}</time>
            <span>
              {item.title} <small className="quiet">{item.summary}</small>
            </span>
          </li>
        ))}
        {data.items.length === 0 && <li className="quiet">{t('since.nothing')}</li>}
      </ul>
      {data.more && <p className="quiet">{t('since.more')}</p>}
    </section>
  );
}

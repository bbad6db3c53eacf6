import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { shortInstant } from '../../../web/fields/format.ts';

interface News {
  id: string;
  text: string;
  at: string;
  record: { entity: string; id: string } | null;
}

const SHOWN = 5;

/** What one was told of lately. */
export function NewsCard() {
  const { t } = useTranslation();
  const { entity } = useMeta();
  const { data } = useQuery({
    queryKey: ['today', 'news'],
    queryFn: () => get<{ items: News[] }>('/notifications', { limit: SHOWN }),
  });
  return (
    <section className="card">
      <header>
        <h2>{t('today.news')}</h2>
        <span className="fill" />
        <Link to={'/notifications' as string} className="link">
          {t('today.allNews')}
        </Link>
      </header>
      <ul className="news-list">
        {data?.items.map((item) => {
          const plural = item.record && entity(item.record.entity)?.plural;
          return (
            <li key={item.id}>
              {plural ? (
                <Link to="/r/$plural/$id" params={{ plural, id: item.record?.id ?? '' }}>
                  {item.text}
                </Link>
              ) : (
                item.text
              )}
              <small>{shortInstant(item.at)}</small>
            </li>
          );
        })}
        {data?.items.length === 0 && <li className="quiet">{t('today.noNews')}</li>}
      </ul>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { shortInstant } from '../fields/format.ts';
import type { Comment } from './api.ts';

type Hit = Comment & { record: { id: string; entity: string; title: string } };

/** On the page of results: comments that hold what was typed. */
export function FoundComments({ q }: { q: string }) {
  const { t } = useTranslation();
  const { entity } = useMeta();
  const { data } = useQuery({
    queryKey: ['comments', 'search', q],
    queryFn: () => get<{ items: Hit[] }>('/comments', { q, limit: 20 }),
    enabled: q.length > 1,
  });
  if (!data || data.items.length === 0) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('comments.title')}</h2>
      </header>
      <ul className="hit-list">
        {data.items.map(({ id, text, author, createdAt, record }) => (
          <li key={id}>
            <Link to="/r/$plural/$id" params={{ plural: entity(record.entity)?.plural ?? '', id: record.id }}>
              <span>{text}</span>{' '}
              <small className="quiet">
                {[record.title, author.title, shortInstant(createdAt)].join(' · ')}
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

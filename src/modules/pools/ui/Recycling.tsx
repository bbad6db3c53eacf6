import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get, messageOf } from '../../../web/api/client.ts';
import { shortInstant } from '../../../web/fields/format.ts';
import { PageSkeleton } from '../../../web/shell/StatusPage.tsx';

interface Part {
  items: {
    id: string;
    name: string;
    owner: string;
    lastContactAt: string | null;
    pool: string;
    reason: string;
    on: string;
  }[];
  total: number;
}

/** What would be recycled tonight, and what comes after it. Nothing is changed by looking. */
export function Recycling() {
  const { t } = useTranslation();
  const { data, error } = useQuery({
    queryKey: ['pools', 'recycling'],
    queryFn: () => get<{ night: string; tonight: Part; soon: Part }>('/pools/recycling'),
    staleTime: 0,
  });
  if (error && !data)
    return (
      <p className="form-error" role="alert">
        {messageOf(error)}
      </p>
    );
  if (!data) return <PageSkeleton />;
  return (
    <>
      <Group
        title={t('pools.tonightTitle', { count: data.tonight.total })}
        part={data.tonight}
        none={t('pools.tonightNone')}
      />
      <Group
        title={t('pools.soonTitle', { count: data.soon.total })}
        part={data.soon}
        none={t('pools.soonNone')}
      />
    </>
  );
}

function Group({ title, part, none }: { title: string; part: Part; none: string }) {
  const { t } = useTranslation();
  return (
    <section className="card">
      <header>
        <h2>{title}</h2>
      </header>
      {part.items.length === 0 && <p className="quiet card-body">{none}</p>}
      <ul className="pool-list">
        {part.items.map((item) => (
          <li key={item.id}>
            <Link to="/r/$plural/$id" params={{ plural: 'customers', id: item.id }} className="pool-who">
              <b>{item.name}</b>
              <small>
                {item.owner} · {t(`pools.reason.${item.reason}`)} ·{' '}
                {item.lastContactAt
                  ? t('pools.lastContact', { when: shortInstant(item.lastContactAt) })
                  : t('pools.neverContacted')}
              </small>
            </Link>
            <span className="tag teng">
              {item.on} → {item.pool}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

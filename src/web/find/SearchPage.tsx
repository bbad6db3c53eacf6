import { Link, useSearch as useAddress, useNavigate } from '@tanstack/react-router';
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import { FoundComments } from '../comments/FoundComments.tsx';
import { FailedPage, PageSkeleton } from '../shell/StatusPage.tsx';
import '../styles/find.css';
import { HitLine } from './HitLine.tsx';
import { useSearch } from './search.ts';

const EACH = 50;

/** All results of a search, by kind. */
export function SearchPage() {
  const { t } = useTranslation();
  const { entity: entityOf } = useMeta();
  const { q = '' } = useAddress({ from: '/search' });
  const navigate = useNavigate();
  const { data, error, refetch } = useSearch(q.trim(), EACH);
  const groups = data?.groups.filter((group) => group.items.length > 0) ?? [];
  return (
    <div className="page slim">
      <h1 tabIndex={-1}>{t('find.results')}</h1>
      <Input
        key={q}
        aria-label={t('find.title')}
        size="large"
        defaultValue={q}
        maxLength={200}
        placeholder={t('find.hint')}
        onPressEnter={(event) =>
          void navigate({ to: '/search', search: { q: event.currentTarget.value.trim() } })
        }
      />
      {error ? (
        <FailedPage error={error} again={() => void refetch()} />
      ) : q && !data ? (
        <PageSkeleton />
      ) : groups.length === 0 ? (
        <div className="empty-page card">
          <h2>{q ? t('find.none', { q }) : t('find.start')}</h2>
          <p>{t('find.noneHint')}</p>
        </div>
      ) : (
        groups.map((group) => {
          const entity = entityOf(group.entity);
          return (
            <section className="card" key={group.entity}>
              <header>
                <h2>{group.label}</h2>
                {group.total !== undefined && (
                  <span className="quiet">
                    {t('list.total', { total: `${group.total}${group.totalIsExact === false ? '+' : ''}` })}
                  </span>
                )}
              </header>
              <ul className="hit-list">
                {entity &&
                  group.items.map((hit) => (
                    <li key={hit.id}>
                      <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: hit.id }}>
                        <HitLine hit={hit} />
                      </Link>
                    </li>
                  ))}
              </ul>
              {entity && (group.total ?? 0) > group.items.length && (
                <Link
                  className="link hit-more"
                  to="/r/$plural"
                  params={{ plural: entity.plural }}
                  search={{ q }}
                >
                  {t('find.inList', { label: entity.label })}
                </Link>
              )}
            </section>
          );
        })
      )}
      <FoundComments q={q.trim()} />
    </div>
  );
}

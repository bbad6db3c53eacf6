import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { useList } from '../../../web/api/records.ts';
import type { MetaEntity } from '../../../web/api/types.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import './segments.css';
import { SegmentCard } from './SegmentCard.tsx';

/** All segments one may use: what they say, how large they are, whose they are. */
export function SegmentsPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('segment');
  if (!entity) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  return <Segments entity={entity} />;
}

function Segments({ entity }: { entity: MetaEntity }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data, error, refetch, hasNextPage, fetchNextPage } = useList('segments', { sort: 'name' });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const items = data.pages.flatMap((page) => page.items);
  const create = may(entity, 'create') && (
    <button
      type="button"
      className="button primary"
      onClick={() => void navigate({ to: '/segments/new' as string })}
    >
      {t('segments.new')}
    </button>
  );
  return (
    <div className="page full">
      <div className="head">
        <h1 tabIndex={-1}>{t('segments.title')}</h1>
        <span className="quiet">{t('segments.text')}</span>
        <span className="fill" />
        <Link className="button" to="/r/$plural" params={{ plural: 'segments' }} search={{ bin: true }}>
          {t('bin.title')}
        </Link>
        {create}
      </div>
      {items.length === 0 ? (
        <div className="empty-page card">
          <h2>{t('segments.none')}</h2>
          <p>{t('segments.noneText')}</p>
          {create}
        </div>
      ) : (
        <ul className="segment-list">
          {items.map((item) => (
            <SegmentCard key={item.id} entity={entity} segment={item} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <button type="button" className="button" onClick={() => void fetchNextPage()}>
          {t('more')}
        </button>
      )}
    </div>
  );
}

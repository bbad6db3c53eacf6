import { Navigate, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import { useRecord } from '../api/records.ts';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { rememberRecord } from '../find/search.ts';
import { neighboursOf } from '../list/neighbours.ts';
import { useKeys, usePhone } from '../shell/hooks.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../shell/StatusPage.tsx';
import { slotsOf } from '../slots.ts';
import '../styles/file.css';
import '../styles/form.css';
import { Attachments } from './Attachments.tsx';
import { Facts } from './Facts.tsx';
import { FileHead } from './FileHead.tsx';
import { FileTabs } from './FileTabs.tsx';

export function FilePage() {
  const { t } = useTranslation();
  const { plural, id } = useParams({ from: '/r/$plural/$id' });
  const meta = useMeta();
  const entity = meta.byPlural(plural);
  const { data, error, refetch } = useRecord(plural, id);
  useEffect(() => {
    if (data && entity) rememberRecord(meta.me.id, { entity: entity.name, id: data.id, title: data.title });
  }, [data, entity, meta.me.id]);
  if (!entity) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  // A merged record's address answers with its survivor: this becomes the address.
  if (data && data.id !== id)
    return <Navigate to="/r/$plural/$id" params={{ plural, id: data.id }} replace />;
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <File key={id} entity={entity} record={data} />;
}

type PhonePart = 'middle' | 'facts' | 'right';

function File({ entity, record }: { entity: MetaEntity; record: WireRecord }) {
  const { t } = useTranslation();
  const meta = useMeta();
  const phone = usePhone();
  const navigate = useNavigate();
  const { tab } = useSearch({ from: '/r/$plural/$id' });
  const [part, setPart] = useState<PhonePart>('middle');
  const near = neighboursOf(entity.plural, record.id);
  const open = (id: string | undefined) =>
    id && void navigate({ to: '/r/$plural/$id', params: { plural: entity.plural, id } });
  useKeys({
    e: () =>
      record.can.update &&
      void navigate({ to: '/r/$plural/$id/edit', params: { plural: entity.plural, id: record.id } }),
    j: () => open(near.next),
    k: () => open(near.previous),
    n: () => document.querySelector<HTMLElement>('.follow-up textarea')?.focus(),
  });
  const right = slotsOf(entity.name, 'file.right');
  const files = entity.children.find((child) => child.entity === 'attachment');
  const hasRight = right.length > 0 || (files && meta.entity('attachment'));
  const shows = (name: PhonePart) => !phone || part === name;
  return (
    <div className="page full file-page">
      <FileHead entity={entity} record={record} near={near} />
      <Suspense fallback={null}>
        {slotsOf(entity.name, 'file.banner').map(({ component: Part, key }) => (
          <Part key={key} entity={entity} record={record} />
        ))}
      </Suspense>
      {phone && (
        <div className="tabs" role="tablist" aria-label={t('file.parts')}>
          {(['middle', 'facts', 'right'] as const)
            .filter((name) => name !== 'right' || hasRight)
            .map((name) => (
              <button
                key={name}
                type="button"
                role="tab"
                aria-selected={part === name}
                onClick={() => setPart(name)}
              >
                {t(`file.${name}`)}
              </button>
            ))}
        </div>
      )}
      <div className={`file-columns ${hasRight ? '' : 'two'}`}>
        {shows('facts') && (
          <div className="file-column">
            <Facts entity={entity} record={record} />
          </div>
        )}
        {shows('middle') && (
          <div className="file-column">
            <FileTabs
              entity={entity}
              record={record}
              tab={tab}
              onTab={(next) =>
                void navigate({
                  to: '/r/$plural/$id',
                  params: { plural: entity.plural, id: record.id },
                  search: next ? { tab: next } : {},
                  replace: true,
                })
              }
            />
          </div>
        )}
        {hasRight && shows('right') && (
          <div className="file-column">
            <Suspense fallback={null}>
              {right.map(({ component: Part, key }) => (
                <Part key={key} entity={entity} record={record} />
              ))}
            </Suspense>
            {files && meta.entity('attachment') && <Attachments record={record} field={files.field} />}
          </div>
        )}
      </div>
    </div>
  );
}

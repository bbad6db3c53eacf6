import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, messageOf } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import type { MetaEntity, Link as Reference, WireRecord } from '../api/types.ts';
import type { Comment, Subject } from '../comments/api.ts';
import { EntryComments } from '../comments/places.tsx';
import { Thread } from '../comments/Thread.tsx';
import { clockOf, dayOf, instantText } from '../fields/format.ts';
import { slotsOf } from '../slots.ts';
import { type FileRecord, useFilesOf } from './attached.ts';
import { FileChips } from './files.tsx';

interface Entry {
  id: string;
  at: string;
  category: string;
  entity: string;
  recordId: string;
  title: string | null;
  summary?: string | null;
  kind?: string | null;
  actor: Reference | null;
  record: WireRecord | null;
  thread?: Comment[];
  comments: number | null;
}

const CATEGORIES = ['contact', 'work', 'deal', 'service', 'file', 'comment', 'change'] as const;

/** Everything that happened around a record, newest first. */
export function Timeline({ entity, record }: { entity: MetaEntity; record: WireRecord }) {
  const { t } = useTranslation();
  const [category, setCategory] = useState('');
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage, isPending } = useInfiniteQuery({
    queryKey: ['timeline', entity.plural, record.id, category],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<{ items: Entry[]; nextCursor: string | null; categories: string[] }>(
        `/${entity.plural}/${record.id}/timeline`,
        { category, cursor: pageParam, limit: 30 },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (old) => old,
  });
  // A file that came with a follow-up is shown there.
  const entries = (data?.pages.flatMap((page) => page.items) ?? []).filter(
    (entry) => category !== '' || entry.entity !== 'attachment' || !entry.record?.activity,
  );
  const files = useFilesOf(entity, record);
  const told = new Set(data?.pages[0]?.categories);
  return (
    <>
      <div className="tag-row timeline-filter" role="group" aria-label={t('timeline.filter')}>
        {['', ...CATEGORIES.filter((name) => told.has(name))].map((name) => (
          <button
            key={name}
            type="button"
            className={`tag ${category === name ? 'dai' : ''}`}
            aria-pressed={category === name}
            onClick={() => setCategory(name)}
          >
            {t(`timeline.${name || 'all'}`)}
          </button>
        ))}
      </div>
      {error && <p className="form-error">{messageOf(error)}</p>}
      {!isPending && entries.length === 0 && <p className="quiet pad-text">{t('timeline.empty')}</p>}
      <ol className="timeline">
        {entries.map((entry) => (
          <TimelineEntry
            key={entry.id}
            entry={entry}
            subject={{ plural: entity.plural, id: record.id }}
            files={files.filter((file) => file.cameWith.includes(entry.recordId))}
          />
        ))}
      </ol>
      {hasNextPage && (
        <Button block type="text" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('timeline.more')}
        </Button>
      )}
    </>
  );
}

interface EntryProps {
  entry: Entry;
  /** The record whose timeline it is. */
  subject: Subject;
  files: FileRecord[];
}

function TimelineEntry({ entry, subject, files }: EntryProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const target = useMeta().entity(entry.entity);
  const kind = target?.fields
    .find((field) => field.name === 'kind')
    ?.options?.find((o) => o.value === entry.kind);
  const name =
    entry.category === 'change' || entry.category === 'comment'
      ? t(`timeline.${entry.category}`)
      : (kind?.label ?? target?.label ?? entry.entity);
  const people =
    (entry.record?.contacts as Reference[] | undefined)?.flatMap((link) => link.title ?? []) ?? [];
  const text = withoutTitle(
    entry.summary ?? (entry.record?.content as string | null | undefined) ?? '',
    entry.title ?? '',
  );
  const long = text.length > 160 || text.split('\n').length > 3;
  return (
    <li>
      <time dateTime={entry.at} title={instantText(entry.at)}>
        {shortDay(entry.at)}
        <small>{clockOf(entry.at)}</small>
      </time>
      <span className={`dot-mark ${entry.category}`} aria-hidden>
        {[...name][0]}
      </span>
      <div className="entry-text">
        {entry.thread ? (
          <Thread subject={subject} thread={entry.thread} />
        ) : (
          <>
            <p>
              <b>{name}</b>{' '}
              {target ? (
                <Link to="/r/$plural/$id" params={{ plural: target.plural, id: entry.recordId }}>
                  {entry.title ?? '—'}
                </Link>
              ) : (
                entry.title
              )}
            </p>
            {text && <p className={`long-text ${long && !open ? 'clamp' : ''}`}>{text}</p>}
            {long && (
              <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
                {t(open ? 'timeline.less' : 'timeline.whole')}
              </button>
            )}
            <FileChips files={files} />
            <small className="quiet">{[entry.actor?.title, ...people].filter(Boolean).join(' · ')}</small>
            {target && entry.record && entry.comments !== null && (
              <EntryComments entity={target} record={entry.record} count={entry.comments} />
            )}
            {target && entry.record && (
              <Suspense fallback={null}>
                {slotsOf(entry.entity, 'timeline.entry').map(({ component: Part, key }) => (
                  <Part key={key} entity={target} record={entry.record as WireRecord} />
                ))}
              </Suspense>
            )}
          </>
        )}
      </div>
    </li>
  );
}

/** A follow-up is named by its first words: they are not said twice. */
const withoutTitle = (text: string, title: string) =>
  title && text.startsWith(title) ? text.slice(title.length).trim() : text;

/** This year's days without the year. */
function shortDay(at: string): string {
  const day = dayOf(at);
  const year = dayOf(new Date().toISOString()).slice(0, 4);
  return day.startsWith(year) ? day.slice(5) : day;
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalItem } from '../../platform/approvals/sheet.shared.ts';
import { get, messageOf } from '../api/client.ts';
import { shortInstant } from '../fields/format.ts';
import { PageSkeleton } from '../shell/StatusPage.tsx';
import { type Box, listKey, type Page, useWaiting } from './api.ts';
import { DelegationDialog } from './DelegationDialog.tsx';
import { TONE } from './status.ts';
import '../styles/approvals.css';

const BOXES: readonly Box[] = ['todo', 'mine', 'cc', 'done'];

/** The work list of approvals: what waits for me, what I began, what I was told, what I decided. */
export function ApprovalsPage() {
  const { t } = useTranslation();
  const { box = 'todo' } = useSearch({ strict: false }) as { box?: Box };
  const navigate = useNavigate();
  const [away, setAway] = useState(false);
  const { data: waiting } = useWaiting();
  const counts: Partial<Record<Box, number>> = { todo: waiting?.todo ?? 0, cc: waiting?.unread ?? 0 };
  return (
    <div className="approvals">
      <div className="head">
        <h1 tabIndex={-1}>{t('approvals.title')}</h1>
        <span className="fill" />
        <Button onClick={() => setAway(true)}>{t('approvals.away')}</Button>
      </div>
      <div className="tabs" role="tablist" aria-label={t('approvals.title')}>
        {BOXES.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={each === box}
            className={each === box ? 'on' : ''}
            onClick={() => void navigate({ to: '/approvals' as string, search: { box: each } as never })}
          >
            {t(`approvals.box.${each}`)}
            {counts[each] ? <b className="approval-count">{counts[each]}</b> : null}
          </button>
        ))}
      </div>
      <WorkList box={box} />
      {away && <DelegationDialog onClose={() => setAway(false)} />}
    </div>
  );
}

function WorkList({ box }: { box: Box }) {
  const { t } = useTranslation();
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: listKey(box),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => get<Page>('/approvals', { box, cursor: pageParam }, signal),
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });
  if (error && !data)
    return (
      <p className="form-error" role="alert">
        {messageOf(error)}
      </p>
    );
  if (!data) return <PageSkeleton />;
  const items = data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return (
      <div className="empty-page card">
        <h2>{t(`approvals.none.${box}`)}</h2>
        <p>{t(`approvals.noneText.${box}`)}</p>
      </div>
    );
  return (
    <section className="card approval-list">
      {items.map((item) => (
        <Line key={item.id} item={item} box={box} />
      ))}
      {hasNextPage && (
        <Button block type="text" onClick={() => void fetchNextPage()}>
          {t('timeline.more')}
        </Button>
      )}
    </section>
  );
}

/** One line says what, why now, and leads to where it is decided. */
function Line({ item, box }: { item: ApprovalItem; box: Box }) {
  const { t } = useTranslation();
  const why =
    item.status === 'running' && box !== 'todo'
      ? t('approvals.waitsFor', { people: item.waitsFor.join('、') })
      : t('approvals.startedBy', { name: item.startedBy?.title ?? '—' });
  return (
    <Link to={`/approvals/${item.id}` as string} className={`approval-line ${item.unread ? 'unread' : ''}`}>
      <span className="approval-what">
        <b>
          {item.subject.label} · {item.title}
        </b>
        <small>
          {item.number} · {why} · {shortInstant(item.startedAt)}
        </small>
      </span>
      <span className={`tag ${TONE[item.status]}`}>
        {item.status === 'running' && item.now?.name ? item.now.name : t(`approvals.status.${item.status}`)}
      </span>
      {box === 'todo' && <span className="button primary approval-go">{t('approvals.decide')}</span>}
    </Link>
  );
}

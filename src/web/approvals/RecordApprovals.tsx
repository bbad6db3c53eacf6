import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { get, messageOf } from '../api/client.ts';
import { shortInstant } from '../fields/format.ts';
import type { ActionProps } from '../slots.ts';
import type { Page } from './api.ts';
import { TONE } from './status.ts';
import '../styles/approvals.css';

/** Every approval there was about a record; each leads to its sheet, from where it is printed. */
export function RecordApprovals({ entity, record, onClose }: ActionProps) {
  const { t } = useTranslation();
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['approvals', 'of', record.id],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      get<Page>('/approvals', { entity: entity.name, record: record.id, limit: 20, cursor: pageParam }),
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Modal open width={560} title={t('approvals.ofRecord')} footer={null} onCancel={onClose}>
      {error && (
        <p className="form-error" role="alert">
          {messageOf(error)}
        </p>
      )}
      {data && items.length === 0 && <p className="quiet">{t('approvals.noneOfRecord')}</p>}
      <div className="approval-list">
        {items.map((item) => (
          <Link key={item.id} to={`/approvals/${item.id}` as string} className="approval-line">
            <span className="approval-what">
              <b>{item.subject.label}</b>
              <small>
                {item.number} · {t('approvals.startedBy', { name: item.startedBy?.title ?? '—' })} ·{' '}
                {shortInstant(item.startedAt)}
              </small>
            </span>
            <span className={`tag ${TONE[item.status]}`}>{t(`approvals.status.${item.status}`)}</span>
          </Link>
        ))}
      </div>
      {hasNextPage && (
        <Button block type="text" onClick={() => void fetchNextPage()}>
          {t('timeline.more')}
        </Button>
      )}
    </Modal>
  );
}

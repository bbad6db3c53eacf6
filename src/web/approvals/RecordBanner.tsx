import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';
import type { SlotProps } from '../slots.ts';
import { type Page, useSubjects } from './api.ts';
import '../styles/approvals.css';

/** On the file of a record that is being decided on: why it cannot be changed, and who it waits for. */
export function RecordBanner({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const { data: subjects } = useSubjects();
  const concerned = subjects?.some((subject) => subject.entity === entity.name) ?? false;
  const { data } = useQuery({
    queryKey: ['approvals', 'record', record.id, record.version],
    queryFn: () => get<Page>('/approvals', { entity: entity.name, record: record.id, limit: 1 }),
    enabled: concerned,
  });
  const [latest] = data?.items ?? [];
  if (latest?.status !== 'running' && latest?.status !== 'returned') return null;
  return (
    <p className="approval-banner" role="status">
      {t(latest.status === 'running' ? 'approvals.bannerRunning' : 'approvals.bannerReturned', {
        subject: latest.subject.label,
        people: latest.waitsFor.join('、'),
      })}{' '}
      <Link to={`/approvals/${latest.id}` as string}>{latest.number}</Link>
    </p>
  );
}

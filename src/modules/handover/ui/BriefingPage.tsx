import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { fieldOf, useMeta } from '../../../web/api/meta.tsx';
import type { WireRecord } from '../../../web/api/types.ts';
import { FieldValue } from '../../../web/fields/FieldValue.tsx';
import { isEmpty, shortInstant } from '../../../web/fields/format.ts';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import './handover.css';

/** What one needs to know of the customers one got. */
export function BriefingPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data, error, refetch } = useQuery({
    queryKey: ['handovers', 'briefing', id],
    queryFn: () =>
      get<{ items: { customer: WireRecord; open: Record<string, number> }[] }>(`/handovers/${id}/briefing`),
  });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const customer = meta.entity('customer');
  const grade = customer && fieldOf(customer, 'grade');
  return (
    <div className="page narrow handover-page">
      <div className="head">
        <h1 tabIndex={-1}>{t('handover.briefing', { count: data.items.length })}</h1>
      </div>
      {data.items.length > 0 && (
        <ul className="card handover-list handover-briefing">
          {data.items.map(({ customer: record, open }) => (
            <li key={record.id}>
              <span className="handover-who">
                <Link to="/r/$plural/$id" params={{ plural: 'customers', id: record.id }}>
                  {record.title}
                </Link>{' '}
                {grade && !isEmpty(record.grade) && <FieldValue field={grade} value={record.grade} />}
                {typeof record.remark === 'string' && <span className="long-text">{record.remark}</span>}
              </span>
              <span className="handover-state">
                {Object.entries(open).map(([name, n]) => (
                  <b key={name}>
                    {meta.entity(name)?.label ?? name} {n}
                  </b>
                ))}
                <span className="quiet">
                  {record.lastContactAt
                    ? t('pools.lastContact', { when: shortInstant(String(record.lastContactAt)) })
                    : t('pools.neverContacted')}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {data.items.length === 0 && <p className="quiet">{t('handover.noBriefing')}</p>}
    </div>
  );
}

import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import { useRecord } from '../../../web/api/records.ts';
import type { Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import './work.css';

/** A page that does one thing with one record: check in, write down, call back. */
export function WorkPage({
  entity: name,
  children,
}: {
  entity: string;
  children: (record: WireRecord) => ReactNode;
}) {
  const { t } = useTranslation();
  const meta = useMeta();
  const entity = meta.entity(name);
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = useRecord(entity?.plural ?? '', id);
  if (error) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data || !entity) return <PageSkeleton />;
  const customer = data.customer as Reference | null;
  const status = entity.fields
    .find((field) => field.name === 'status')
    ?.options?.find((option) => option.value === data.status);
  return (
    <div className="page slim">
      <div className="head">
        <h1 tabIndex={-1}>{data.title}</h1>
        {status && <span className={`tag ${status.color ?? ''}`}>{status.label}</span>}
        <span className="fill" />
        <Link to="/r/$plural/$id" params={{ plural: entity.plural, id }} className="link">
          {t('work.file')}
        </Link>
      </div>
      {customer && (
        <p className="quiet">
          <Link to="/r/$plural/$id" params={{ plural: 'customers', id: customer.id }}>
            {customer.title ?? '—'}
          </Link>{' '}
          {people(data)} {String(data.date ?? data.dueDate ?? '')}
        </p>
      )}
      {children(data)}
    </div>
  );
}

const people = (record: WireRecord) =>
  ((record.contacts as Reference[] | undefined) ?? []).flatMap(({ title }) => title ?? []).join('、');

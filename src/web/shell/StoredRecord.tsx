import { Fragment, type ReactNode } from 'react';
import { useRecord } from '../api/records.ts';
import type { WireRecord } from '../api/types.ts';
import { FailedPage, PageSkeleton } from './StatusPage.tsx';

interface Props {
  plural: string;
  id: string;
  children(record: WireRecord): ReactNode;
}

/** A page about one record, begun anew with every version of it; until it is there, or why it is not. */
export function StoredRecord({ plural, id, children }: Props) {
  const { data, error, refetch } = useRecord(plural, id);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <Fragment key={`${id} ${data.version}`}>{children(data)}</Fragment>;
}

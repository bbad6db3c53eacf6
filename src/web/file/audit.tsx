import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import type { MetaField, Link as Reference } from '../api/types.ts';
import { isEmpty, valueText } from '../fields/format.ts';

export interface AuditEntry {
  id: string;
  at: string;
  actor: Reference | null;
  action: string;
  /** The action in the caller's language. */
  label: string;
  entity: string;
  recordId: string | null;
  recordTitle?: string | null;
  cause: { kind: string; id?: string | null };
  note?: string | null;
  ip?: string | null;
  changes: { field: string; label: string; before: unknown; after: unknown; erased?: true }[];
}

export function useAudit(query: Record<string, string | undefined>) {
  return useInfiniteQuery({
    queryKey: ['audit', query.recordId ?? '', query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<{ items: AuditEntry[]; nextCursor: string | null }>(
        '/audit',
        { ...query, cursor: pageParam },
        signal,
      ),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (old) => old,
  });
}

/** Before and after of each field, in the words the field shows itself in. */
export function Changes({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const entity = useMeta().entity(entry.entity);
  const [all, setAll] = useState(false);
  if (entry.changes.length === 0) return null;
  return (
    <ul className="changes">
      {entry.changes.slice(0, all ? undefined : FEW).map((change) => {
        const field = entity?.fields.find((item) => item.name === change.field);
        return (
          <li key={change.field}>
            <span className="quiet">{change.label}</span>{' '}
            {!isEmpty(change.before) && <del>{auditText(field, change.before)}</del>}
            {!isEmpty(change.before) && ' → '}
            {change.erased ? (
              <span className="quiet">{t('changes.erased')}</span>
            ) : isEmpty(change.after) ? (
              <span className="quiet">{t('changes.emptied')}</span>
            ) : (
              <ins>{auditText(field, change.after)}</ins>
            )}
          </li>
        );
      })}
      {entry.changes.length > FEW && !all && (
        <li>
          <button type="button" className="link" onClick={() => setAll(true)}>
            {t('changes.all', { count: entry.changes.length })}
          </button>
        </li>
      )}
    </ul>
  );
}

const FEW = 4;
const LONGEST = 200;

function auditText(field: MetaField | undefined, value: unknown): string {
  const text =
    field && !(typeof value === 'string' && field.kind.startsWith('reference'))
      ? valueText(field, value)
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** A person did it himself, or through what. */
export function useCause(): (cause: AuditEntry['cause']) => string {
  const { t, i18n } = useTranslation();
  return ({ kind }) => (i18n.exists(`cause.${kind}`) ? t(`cause.${kind}`) : kind);
}

import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { messageOf } from '../api/client.ts';
import type { WireRecord } from '../api/types.ts';
import { instantText } from '../fields/format.ts';
import { Changes, useAudit, useCause } from './audit.tsx';

/** Who changed what, when, from what to what. */
export function ChangesTab({ record }: { record: WireRecord }) {
  const { t } = useTranslation();
  const cause = useCause();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage, isPending } = useAudit({
    recordId: record.id,
  });
  const entries = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {error && <p className="form-error">{messageOf(error)}</p>}
      {!isPending && !error && entries.length === 0 && <p className="quiet pad-text">{t('changes.empty')}</p>}
      <ol className="change-list">
        {entries.map((entry) => (
          <li key={entry.id}>
            <p>
              <b>{entry.actor?.title ?? t('changes.system')}</b> {entry.label}{' '}
              <span className="quiet">
                {instantText(entry.at)}
                {entry.cause.kind !== 'person' && entry.cause.kind !== 'user'
                  ? ` · ${cause(entry.cause)}`
                  : ''}
              </span>
            </p>
            <Changes entry={entry} />
          </li>
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

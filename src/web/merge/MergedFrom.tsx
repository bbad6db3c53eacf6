import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';
import type { Link } from '../api/types.ts';
import { undoMerge } from '../duplicates/api.ts';
import { shortInstant } from '../fields/format.ts';
import { ask } from '../shell/ask.tsx';
import type { SlotProps } from '../slots.ts';
import '../styles/duplicates.css';

interface MergeItem {
  id: string;
  at: string;
  actor: Link | null;
  merged: Link[];
  undoneAt: string | null;
}

/** Says for 30 days of which records this one was made, with the way back. */
export function MergedFrom({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['merges', entity.plural, record.id],
    queryFn: () => get<{ items: MergeItem[] }>(`/${entity.plural}/${record.id}/merges`),
    enabled: Boolean(entity.mergeable && entity.compared),
  });
  const open = data?.items.filter(({ undoneAt }) => !undoneAt) ?? [];
  const undo = async (item: MergeItem) => {
    const yes = await ask({
      title: t('merge.undoTitle', { count: item.merged.length }),
      body: t('merge.undoText'),
      action: t('merge.undo'),
    });
    if (yes) await undoMerge(entity, item.id);
  };
  return open.map((item) => (
    <p className="merged-from" key={item.id}>
      {t('merge.from', {
        when: shortInstant(item.at),
        name: item.actor?.title ?? '',
        titles: item.merged.map(({ title }) => title ?? '—').join(t('merge.and')),
      })}{' '}
      {record.can.update && record.can.delete && (
        <button type="button" className="link" onClick={() => void undo(item)}>
          {t('merge.undo')}
        </button>
      )}
    </p>
  ));
}

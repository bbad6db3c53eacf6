import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, messageOf } from '../api/client.ts';
import type { Filter, ListAnswer, MetaEntity } from '../api/types.ts';
import { useDebounced } from '../shell/hooks.ts';
import { ConditionGroup } from './ConditionGroup.tsx';
import { conditionsOf, filterOf, firstField, group, isGroup, newTerm, partsOf, tidy } from './filterModel.ts';

interface Props {
  entity: MetaEntity;
  filter: Filter | null;
  onApply: (filter: Filter) => void;
  onClose: () => void;
}

/** Conditions of every kind, nested, with how many records meet them. */
export function FilterBuilder({ entity, filter, onApply, onClose }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Filter>(() =>
    filter && isGroup(filter) && partsOf(filter).length > 0 ? filter : group('and', start(entity, filter)),
  );
  return (
    <Modal
      open
      width={860}
      title={t('filter.builder')}
      okText={t('filter.apply')}
      cancelText={t('cancel')}
      onCancel={onClose}
      onOk={() => {
        const tidied = tidy(draft);
        onApply(tidied && 'and' in tidied ? tidied : filterOf(tidied ? [tidied] : []));
      }}
    >
      <ConditionGroup entity={entity} value={draft} onChange={setDraft} depth={0} />
      <LiveCount entity={entity} filter={tidy(draft)} />
    </Modal>
  );
}

function start(entity: MetaEntity, filter: Filter | null): Filter[] {
  const held = conditionsOf(filter);
  const first = firstField(entity);
  return held.length > 0 || !first ? held : [newTerm(first)];
}

const TYPING_MS = 350;

/** How many records meet the conditions as they stand, unfinished ones left out. */
function LiveCount({ entity, filter }: { entity: MetaEntity; filter: Filter | null }) {
  const { t } = useTranslation();
  const asked = useDebounced(JSON.stringify(filter), TYPING_MS);
  const { data, error, isFetching } = useQuery({
    queryKey: ['filter-count', entity.plural, asked],
    queryFn: ({ signal }) =>
      get<ListAnswer>(`/${entity.plural}`, { filter: JSON.parse(asked), limit: 1, count: 'true' }, signal),
    placeholderData: (old) => old,
    retry: false,
  });
  return (
    <p className={`filter-count ${error ? 'bad' : ''}`} role="status" aria-busy={isFetching}>
      {error
        ? messageOf(error)
        : data
          ? t('filter.count', {
              total: `${(data.total ?? 0).toLocaleString()}${data.totalIsExact === false ? '+' : ''}`,
              label: entity.label,
            })
          : t('loading')}
    </p>
  );
}

import { Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter, MetaEntity } from '../api/types.ts';
import {
  conditionsOf,
  filterFields,
  filterOf,
  group,
  isGroup,
  isTerm,
  type Joint,
  jointOf,
  newTerm,
  partsOf,
  tidy,
} from './filterModel.ts';
import { TermEditor } from './TermEditor.tsx';

const DEEPEST = 4;

interface Props {
  entity: MetaEntity;
  filter: Filter | null;
  onApply: (filter: Filter) => void;
  onClose: () => void;
}

/** Conditions nested with and/or. */
export function FilterBuilder({ entity, filter, onApply, onClose }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Filter>(() =>
    filter && isGroup(filter) && partsOf(filter).length > 0 ? filter : group('and', start(entity, filter)),
  );
  return (
    <Modal
      open
      width={760}
      title={t('filter.builder')}
      okText={t('filter.apply')}
      cancelText={t('cancel')}
      onCancel={onClose}
      onOk={() => {
        const tidied = tidy(draft);
        onApply(tidied && 'and' in tidied ? tidied : filterOf(tidied ? [tidied] : []));
      }}
    >
      <Group entity={entity} value={draft} onChange={setDraft} depth={0} />
    </Modal>
  );
}

function start(entity: MetaEntity, filter: Filter | null): Filter[] {
  const held = conditionsOf(filter);
  const first = filterFields(entity)[0];
  return held.length > 0 || !first ? held : [newTerm(first)];
}

function Group(props: {
  entity: MetaEntity;
  value: Filter;
  onChange: (next: Filter) => void;
  onRemove?: () => void;
  depth: number;
}) {
  const { t } = useTranslation();
  const { entity, value, onChange, depth } = props;
  const joint = jointOf(value);
  const parts = partsOf(value);
  const first = filterFields(entity).find((field) => field.filterable) ?? filterFields(entity)[0];
  const put = (index: number, next: Filter | null) =>
    onChange(
      group(
        joint,
        parts.flatMap((part, at) => (at !== index ? [part] : next ? [next] : [])),
      ),
    );
  return (
    <fieldset className="filter-group">
      <legend className="sr">{t('filter.group')}</legend>
      <div className="filter-joint">
        <Select<Joint>
          aria-label={t('filter.jointLabel')}
          size="small"
          value={joint}
          options={[
            { value: 'and', label: t('filter.all') },
            { value: 'or', label: t('filter.any') },
          ]}
          onChange={(next) => onChange(group(next, parts))}
          style={{ width: 150 }}
        />
        {props.onRemove && (
          <button type="button" className="link" onClick={props.onRemove}>
            {t('filter.removeGroup')}
          </button>
        )}
      </div>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; its content changes while edited
        <div className="filter-part" key={index}>
          {isGroup(part) ? (
            <Group
              entity={entity}
              value={part}
              depth={depth + 1}
              onChange={(next) => put(index, next)}
              onRemove={() => put(index, null)}
            />
          ) : isTerm(part) ? (
            <>
              <TermEditor entity={entity} term={part} onChange={(next) => put(index, next)} />
              <button
                type="button"
                className="icon-button"
                aria-label={t('filter.removeOne')}
                onClick={() => put(index, null)}
              >
                ×
              </button>
            </>
          ) : null}
        </div>
      ))}
      <div className="actions">
        {first && (
          <Button size="small" onClick={() => onChange(group(joint, [...parts, newTerm(first)]))}>
            {t('filter.add')}
          </Button>
        )}
        {first && depth < DEEPEST - 1 && (
          <Button
            size="small"
            onClick={() =>
              onChange(group(joint, [...parts, group(joint === 'and' ? 'or' : 'and', [newTerm(first)])]))
            }
          >
            {t('filter.addGroup')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

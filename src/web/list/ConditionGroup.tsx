import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Filter, MetaEntity } from '../api/types.ts';
import {
  firstField,
  group,
  isGroup,
  isLeaf,
  isRelated,
  JOINTS,
  type Joint,
  jointOf,
  newTerm,
  partsOf,
} from './filterModel.ts';
import { LeafEditor } from './LeafEditor.tsx';

/** As deep as the filter language goes, with room for what stands around it. */
const DEEPEST = 4;

interface Props {
  entity: MetaEntity;
  value: Filter;
  onChange: (next: Filter) => void;
  onRemove?: () => void;
  depth: number;
}

/** Conditions that combine in one way, groups of them, and conditions on related records with their own within. */
export function ConditionGroup({ entity, value, onChange, onRemove, depth }: Props) {
  const { t } = useTranslation();
  const joint = jointOf(value);
  const parts = partsOf(value);
  const first = firstField(entity);
  const put = (index: number, next: Filter | null) =>
    onChange(
      group(
        joint,
        parts.flatMap((part, at) => (at !== index ? [part] : next ? [next] : [])),
      ),
    );
  const where = (other: MetaEntity, held: Filter | undefined, change: (next: Filter) => void) => (
    <ConditionGroup
      entity={other}
      value={held && isGroup(held) ? held : group('and', held ? [held] : [])}
      depth={depth + 1}
      onChange={change}
    />
  );
  const deeper = depth < DEEPEST - 1;
  const add = (part: Filter) => onChange(group(joint, [...parts, part]));
  return (
    <fieldset className="filter-group">
      <legend className="sr">{t('filter.groupOf', { label: entity.label })}</legend>
      {(parts.length > 1 || joint !== 'and' || depth === 0 || onRemove) && (
        <div className="filter-joint">
          <Select<Joint>
            aria-label={t('filter.jointLabel')}
            size="small"
            value={joint}
            options={JOINTS.map((name) => ({ value: name, label: t(`filter.joints.${name}`) }))}
            onChange={(next) => onChange(group(next, parts))}
            style={{ width: 150 }}
          />
          {onRemove && (
            <button type="button" className="link" onClick={onRemove}>
              {t('filter.removeGroup')}
            </button>
          )}
        </div>
      )}
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; its content changes while edited
        <div className="filter-part" key={index}>
          {isLeaf(part) ? (
            <>
              <LeafEditor
                entity={entity}
                leaf={part}
                onChange={(next) => put(index, next)}
                {...(deeper || isRelated(part) ? { where } : {})}
              />
              <button
                type="button"
                className="icon-button"
                aria-label={t('filter.removeOne')}
                onClick={() => put(index, null)}
              >
                ×
              </button>
            </>
          ) : (
            <ConditionGroup
              entity={entity}
              value={part}
              depth={depth + 1}
              onChange={(next) => put(index, next)}
              onRemove={() => put(index, null)}
            />
          )}
        </div>
      ))}
      {first && (
        <div className="actions">
          <Button size="small" onClick={() => add(newTerm(first))}>
            {t('filter.add')}
          </Button>
          {deeper && (
            <Button size="small" onClick={() => add(group(joint === 'and' ? 'or' : 'and', [newTerm(first)]))}>
              {t('filter.addGroup')}
            </Button>
          )}
        </div>
      )}
    </fieldset>
  );
}

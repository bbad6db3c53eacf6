import { Select } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import { useShortList } from '../api/records.ts';
import type { Filter, FilterTerm, MetaEntity } from '../api/types.ts';
import { Comparison } from './Comparison.tsx';
import { choiceOf, choicesOf, fieldAt, leafFor } from './choices.ts';
import { isRelated, isTerm, type Leaf, type SegmentLeaf, segmentLeaf, segmentOf } from './filterModel.ts';
import { RelatedEditor } from './RelatedEditor.tsx';

interface Props {
  entity: MetaEntity;
  leaf: Leaf;
  onChange: (leaf: Leaf) => void;
  autoFocus?: boolean;
  /** Edits what the related records must be like; without it they cannot be chosen. */
  where?: (entity: MetaEntity, where: Filter | undefined, onChange: (where: Filter) => void) => ReactNode;
}

/** One condition: what it is about, how compared, with what. */
export function LeafEditor({ entity, leaf, onChange, autoFocus, where }: Props) {
  const { t } = useTranslation();
  const meta = useMeta();
  const related = !!where;
  const groups = useMemo(() => choicesOf(meta, entity, related), [meta, entity, related]);
  return (
    <div className={`term ${isRelated(leaf) ? 'related' : ''}`}>
      <Select
        aria-label={t('filter.field')}
        autoFocus={autoFocus ?? false}
        showSearch={{ optionFilterProp: 'label' }}
        value={choiceOf(leaf)}
        options={groups}
        onChange={(choice) => {
          const next = leafFor(meta, entity, choice);
          if (next) onChange(next);
        }}
        popupMatchSelectWidth={false}
        style={{ width: 150 }}
      />
      {isRelated(leaf) ? (
        <RelatedEditor leaf={leaf} onChange={onChange} where={where} />
      ) : isTerm(leaf) ? (
        <FieldTerm entity={entity} term={leaf} onChange={onChange} />
      ) : (
        <SegmentEditor entity={entity} leaf={leaf} onChange={onChange} />
      )}
    </div>
  );
}

function FieldTerm({
  entity,
  term,
  onChange,
}: {
  entity: MetaEntity;
  term: FilterTerm;
  onChange: (term: FilterTerm) => void;
}) {
  const { t } = useTranslation();
  const field = fieldAt(useMeta(), entity, term.field);
  return field ? (
    <Comparison field={field} term={term} onChange={onChange} />
  ) : (
    <span className="field-error" role="alert">
      {t('filter.gone')}
    </span>
  );
}

const MOST_SEGMENTS = 100;

/** Being in a segment, or not. */
function SegmentEditor(props: {
  entity: MetaEntity;
  leaf: SegmentLeaf;
  onChange: (leaf: SegmentLeaf) => void;
}) {
  const { t } = useTranslation();
  const { id, inside } = segmentOf(props.leaf);
  const filter: Filter = { field: 'entity', op: 'in', value: [props.entity.name] };
  const { data } = useShortList('segments', { filter, sort: 'name' }, MOST_SEGMENTS);
  return (
    <>
      <Select
        aria-label={t('filter.operator')}
        value={inside}
        options={[
          { value: true, label: t('filter.in') },
          { value: false, label: t('filter.notIn') },
        ]}
        onChange={(next) => props.onChange(segmentLeaf(id, next))}
        style={{ width: 104 }}
      />
      <div className="term-value">
        <Select
          aria-label={t('filter.value')}
          showSearch={{ optionFilterProp: 'label' }}
          value={id || null}
          options={data?.items.map((item) => ({ value: item.id, label: item.title })) ?? []}
          onChange={(next) => props.onChange(segmentLeaf(next ?? '', inside))}
          placeholder={t('choose')}
          style={{ width: '100%' }}
        />
      </div>
    </>
  );
}

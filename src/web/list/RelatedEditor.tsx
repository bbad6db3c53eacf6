import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import type { Filter, FilterTerm, MetaEntity, MetaField, RelatedTerm } from '../api/types.ts';
import { Comparison } from './Comparison.tsx';
import { AGGREGATES, type AggregateName, aggregatedFields } from './choices.ts';
import { operatorsFor, type ShownOperator, withOperator } from './filterModel.ts';

interface Props {
  leaf: RelatedTerm;
  onChange: (leaf: RelatedTerm) => void;
  where?:
    | ((entity: MetaEntity, where: Filter | undefined, onChange: (where: Filter) => void) => ReactNode)
    | undefined;
}

/** How many of them there must be: the usual answers by name. */
const AMOUNTS = {
  any: { op: 'gte', value: 1 },
  none: { op: 'eq', value: 0 },
} as const;
type Amount = keyof typeof AMOUNTS | 'number';

const COUNTED: ShownOperator[] = ['gte', 'lte', 'eq', 'ne', 'gt', 'lt', 'between'];
const number: MetaField = { name: 'count', kind: 'integer', label: '', access: 'read' };

const amountOf = ({ op, value }: RelatedTerm): Amount =>
  (Object.keys(AMOUNTS) as (keyof typeof AMOUNTS)[]).find(
    (name) => AMOUNTS[name].op === op && AMOUNTS[name].value === value,
  ) ?? 'number';

/** What the records that refer to this one must amount to, and which of them count. */
export function RelatedEditor({ leaf, onChange, where }: Props) {
  const { t } = useTranslation();
  const entity = useMeta().entity(leaf.related);
  if (!entity) return null;
  const fn = leaf.aggregate?.fn ?? 'count';
  const fields = aggregatedFields(entity, fn);
  const field = fields.find(({ name }) => name === leaf.aggregate?.field);
  const offered = AGGREGATES.filter((name) => name === 'count' || aggregatedFields(entity, name).length);
  const aggregated = (next: AggregateName, by?: MetaField) => {
    const { related, via, where: inner } = leaf;
    const kept = { related, via, ...(inner ? { where: inner } : {}) };
    if (next === 'count') return onChange({ ...kept, ...AMOUNTS.any });
    const first = by ?? aggregatedFields(entity, next)[0];
    if (first) onChange({ ...kept, aggregate: { fn: next, field: first.name }, op: 'gte' });
  };
  return (
    <>
      <Select<AggregateName>
        aria-label={t('filter.aggregate')}
        value={fn}
        options={offered.map((value) => ({ value, label: t(`filter.fn.${value}`) }))}
        onChange={(next) => aggregated(next)}
        style={{ width: 92 }}
      />
      {fn === 'count' ? (
        <CountOf leaf={leaf} onChange={onChange} />
      ) : (
        <>
          <Select
            aria-label={t('filter.aggregateField')}
            value={field?.name ?? null}
            options={fields.map(({ name, label }) => ({ value: name, label }))}
            onChange={(name) =>
              aggregated(
                fn,
                fields.find((each) => each.name === name),
              )
            }
            popupMatchSelectWidth={false}
            style={{ width: 110 }}
          />
          {field && <Amounts field={field} leaf={leaf} onChange={onChange} />}
        </>
      )}
      {where && (
        <div className="term-where">
          {where(entity, leaf.where, (next) => onChange({ ...leaf, where: next }))}
        </div>
      )}
    </>
  );
}

function CountOf({ leaf, onChange }: Props) {
  const { t } = useTranslation();
  const amount = amountOf(leaf);
  return (
    <>
      <Select<Amount>
        aria-label={t('filter.amount')}
        value={amount}
        options={(['any', 'none', 'number'] as const).map((value) => ({
          value,
          label: t(`filter.amount.${value}`),
        }))}
        onChange={(next) =>
          onChange({ ...leaf, ...(next === 'number' ? { op: 'gte', value: 2 } : AMOUNTS[next]) })
        }
        style={{ width: 92 }}
      />
      {amount === 'number' && <Amounts field={number} operators={COUNTED} leaf={leaf} onChange={onChange} />}
    </>
  );
}

/** What is taken together is never empty, so that cannot be asked. */
function Amounts({
  field,
  leaf,
  operators = operatorsFor(field).filter((op) => op !== 'empty' && op !== 'filled'),
  onChange,
}: Omit<Props, 'where'> & { field: MetaField; operators?: ShownOperator[] }) {
  const term: FilterTerm = { field: field.name, op: leaf.op ?? 'gte', value: leaf.value };
  const known = operators.includes(term.op);
  return (
    <Comparison
      field={field}
      term={known ? term : withOperator(term, operators[0] ?? 'eq')}
      operators={operators}
      onChange={({ op, value }) => onChange({ ...leaf, op, value })}
    />
  );
}

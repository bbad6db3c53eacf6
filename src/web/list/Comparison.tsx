import { useQuery } from '@tanstack/react-query';
import { Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import type { FilterTerm, MetaField } from '../api/types.ts';
import { FieldEditor } from '../fields/FieldEditor.tsx';
import { type Place, usePlaces } from '../fields/places.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';
import {
  asOffered,
  operatorKey,
  operatorsFor,
  type ShownOperator,
  shownOperator,
  withOperator,
} from './filterModel.ts';
import { periodOptions } from './terms.ts';
import { linksQuery } from './useNames.ts';

/** How a field is compared, and with what. */
export function Comparison({
  field,
  term: given,
  operators: offered = operatorsFor(field),
  onChange,
}: {
  field: MetaField;
  term: FilterTerm;
  operators?: ShownOperator[];
  onChange: (term: FilterTerm) => void;
}) {
  const { t } = useTranslation();
  const { term, operators } = asOffered(given, offered);
  return (
    <>
      <Select<ShownOperator>
        aria-label={t('filter.operator')}
        value={shownOperator(term)}
        options={operators.map((item) => ({ value: item, label: t(operatorKey(field, item)) }))}
        onChange={(next) => onChange(withOperator(term, next))}
        popupMatchSelectWidth={false}
        style={{ width: 104 }}
      />
      <div className="term-value">
        <TermValue field={field} term={term} onChange={(value) => onChange({ ...term, value })} />
      </div>
    </>
  );
}

function TermValue({
  field,
  term,
  onChange,
}: {
  field: MetaField;
  term: FilterTerm;
  onChange: (value: unknown) => void;
}) {
  const { t } = useTranslation();
  const label = t('filter.value');
  if (term.op === 'empty') return null;
  if (term.op === 'within')
    return (
      <Select
        aria-label={label}
        showSearch={{ optionFilterProp: 'label' }}
        value={term.value === undefined ? null : JSON.stringify(term.value)}
        options={periodOptions()}
        onChange={(next) => onChange(JSON.parse(next))}
        placeholder={t('choose')}
        style={{ width: '100%' }}
      />
    );
  const list = term.op === 'in' || term.op === 'nin';
  if (list && field.kind === 'region')
    return <PlacesValue field={field} value={term.value} onChange={onChange} />;
  if (list && (field.kind === 'reference' || field.kind === 'references'))
    return <LinksValue field={field} value={term.value} onChange={onChange} />;
  if (list)
    return (
      <Select
        aria-label={label}
        mode={field.open || !field.options ? 'tags' : 'multiple'}
        optionFilterProp="label"
        value={(term.value as string[] | undefined) ?? []}
        options={field.options?.map((option) => ({ value: option.value, label: option.label })) ?? []}
        onChange={onChange}
        placeholder={t('choose')}
        style={{ width: '100%' }}
      />
    );
  if (term.op === 'between') {
    const [from, to] = Array.isArray(term.value) ? (term.value as unknown[]) : [];
    return (
      <div className="between">
        <NumberValue
          label={t('filter.from')}
          value={from}
          onChange={(next) => onChange([next, to ?? null])}
        />
        <span>–</span>
        <NumberValue label={t('filter.to')} value={to} onChange={(next) => onChange([from ?? null, next])} />
      </div>
    );
  }
  switch (field.kind) {
    case 'integer':
    case 'decimal':
    case 'money':
      return <NumberValue label={label} value={term.value} onChange={onChange} />;
    case 'boolean':
    case 'date':
    case 'instant':
      // A day is enough to compare an instant with: the server takes the user's zone.
      return (
        <FieldEditor
          field={{ ...field, kind: field.kind === 'instant' ? 'date' : field.kind }}
          label={label}
          inline
          value={term.value ?? null}
          onChange={onChange}
        />
      );
    default:
      return (
        <Input
          aria-label={label}
          value={(term.value as string | undefined) ?? ''}
          maxLength={200}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

function NumberValue(props: { label: string; value: unknown; onChange: (value: unknown) => void }) {
  return (
    <InputNumber<string>
      aria-label={props.label}
      stringMode
      value={props.value === null || props.value === undefined ? null : String(props.value)}
      onChange={(next) => props.onChange(next === null || next === '' ? null : Number(next))}
      style={{ width: '100%' }}
    />
  );
}

function LinksValue({
  field,
  value,
  onChange,
}: {
  field: MetaField;
  value: unknown;
  onChange: (value: string[]) => void;
}) {
  const { t } = useTranslation();
  const ids = Array.isArray(value) ? (value as string[]) : [];
  const plural = useMeta().entity(field.to ?? '')?.plural;
  const { data } = useQuery(linksQuery(plural, ids));
  const links = ids.map((id) => data?.find((item) => item.id === id) ?? { id, title: '…' });
  return (
    <ReferencePicker
      label={t('filter.value')}
      many
      noCreate
      to={field.to ?? ''}
      value={links}
      onChange={(next) => onChange(next.map((link) => link.id))}
    />
  );
}

const namesAt = (places: Place[], depth: number): string[] =>
  depth === 0
    ? places.map((place) => place.name)
    : places.flatMap((place) => namesAt(place.children ?? [], depth - 1));

function PlacesValue({
  field,
  value,
  onChange,
}: {
  field: MetaField;
  value: unknown;
  onChange: (value: string[]) => void;
}) {
  const { t } = useTranslation();
  const { data } = usePlaces(true);
  const depth = field.level === 'district' ? 2 : field.level === 'city' ? 1 : 0;
  const names = [...new Set(namesAt(data ?? [], depth))];
  return (
    <Select
      aria-label={t('filter.value')}
      mode="tags"
      value={Array.isArray(value) ? (value as string[]) : []}
      options={names.map((name) => ({ value: name, label: name }))}
      onChange={onChange}
      placeholder={t('choose')}
      style={{ width: '100%' }}
    />
  );
}

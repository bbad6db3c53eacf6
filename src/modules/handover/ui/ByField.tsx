import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { Link } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';

interface Props {
  person: string;
  field: string;
  values: Record<string, Link>;
  onField: (name: string) => void;
  onChange: (values: Record<string, Link>) => void;
}

/** What sorts customers into a few heaps. */
const KINDS = ['choice', 'region'];

/** Whoever has this value of a field goes to that person: the values the customers have, the most frequent first. */
export function ByField({ person, field, values, onField, onChange }: Props) {
  const { t } = useTranslation();
  const customer = useMeta().entity('customer');
  const fields = customer?.fields.filter(({ kind }) => KINDS.includes(kind)) ?? [];
  const now = fields.find(({ name }) => name === field);
  const { data } = useQuery({
    queryKey: ['handovers', 'values', person, field],
    queryFn: () =>
      get<{ items: { value: string; count: number }[] }>(`/handovers/of/${person}/values/${field}`),
    staleTime: 0,
  });
  const label = (value: string) =>
    now?.options?.find((option) => option.value === value)?.label ?? (value || t('handover.noValue'));
  return (
    <div className="handover-by">
      <Select
        aria-label={t('handover.byField')}
        value={field}
        onChange={onField}
        options={fields.map(({ name, label: text }) => ({ value: name, label: text }))}
      />
      <ul className="handover-values">
        {data?.items.map(({ value, count }) => (
          <li key={value}>
            <span className="handover-who">
              {label(value)} <small>{t('handover.customers', { count })}</small>
            </span>
            <ReferencePicker
              label={t('handover.toWhom', { title: label(value) })}
              to="user"
              among="active"
              noCreate
              value={values[value] ? [values[value]] : []}
              onChange={([to]) => {
                const { [value]: _, ...others } = values;
                onChange(to ? { ...others, [value]: to } : others);
              }}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import type { Link } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';

interface Props {
  field: string;
  values: Record<string, Link>;
  onField: (name: string) => void;
  onChange: (values: Record<string, Link>) => void;
}

const KINDS = ['choice', 'region', 'text', 'reference'];

/** Whoever has this value of a field goes to that person. */
export function ByField({ field, values, onField, onChange }: Props) {
  const { t } = useTranslation();
  const customer = useMeta().entity('customer');
  const [value, setValue] = useState('');
  const fields = customer?.fields.filter((each) => each.filterable && KINDS.includes(each.kind)) ?? [];
  const now = fields.find((each) => each.name === field);
  const label = (text: string) => now?.options?.find((option) => option.value === text)?.label ?? text;
  const add = () => {
    if (value) onChange({ ...values, [value]: { id: '', title: '' } });
    setValue('');
  };
  return (
    <div className="handover-by">
      <Select
        aria-label={t('handover.byField')}
        value={field}
        onChange={onField}
        options={fields
          .filter((each) => each.kind !== 'reference')
          .map(({ name, label: text }) => ({ value: name, label: text }))}
      />
      {Object.entries(values).map(([text, to]) => (
        <div key={text} className="handover-value">
          <b>{label(text)}</b>
          <span>→</span>
          <ReferencePicker
            label={t('handover.toWhom', { title: label(text) })}
            to="user"
            noCreate
            value={to.id ? [to] : []}
            onChange={(next) => onChange({ ...values, [text]: next[0] ?? { id: '', title: '' } })}
          />
        </div>
      ))}
      <div className="handover-value">
        {now?.options?.length ? (
          <Select
            aria-label={t('handover.value')}
            value={value}
            onChange={setValue}
            options={now.options.map((option) => ({ value: option.value, label: option.label }))}
          />
        ) : (
          <Input
            aria-label={t('handover.value')}
            placeholder={t('handover.value')}
            value={value}
            onChange={(event) => setValue(event.target.value)}
            onPressEnter={add}
          />
        )}
        <Button onClick={add} disabled={!value}>
          {t('handover.addValue')}
        </Button>
      </div>
    </div>
  );
}

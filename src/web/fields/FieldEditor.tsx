import { AutoComplete, Checkbox, Input, InputNumber, Select } from 'antd';
import { lazy, Suspense, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import type { Link, MetaField, MoneyValue } from '../api/types.ts';
import { BirthdayEditor } from './BirthdayEditor.tsx';
import { PhonesEditor } from './PhonesEditor.tsx';
import { NoneActive } from './PickerNote.tsx';
import { ReferencePicker } from './ReferencePicker.tsx';

const DateInput = lazy(() => import('./DateInput.tsx'));

export interface EditorProps {
  field: MetaField;
  value: unknown;
  onChange: (value: unknown) => void;
  id?: string | undefined;
  /** Read aloud where no visible label stands beside. */
  label?: string | undefined;
  autoFocus?: boolean | undefined;
  disabled?: boolean | undefined;
  invalid?: boolean | undefined;
  onBlur?: (() => void) | undefined;
  /** In a table cell: one line high. */
  inline?: boolean | undefined;
  noCreate?: boolean | undefined;
}

/** The control for any kind of field but region, which is edited as a group. */
export function FieldEditor(props: EditorProps) {
  const { field, value, onChange, id, label, autoFocus, disabled, invalid, onBlur, inline } = props;
  const { t } = useTranslation();
  const { company } = useMeta();
  const ownId = useId();
  const common = {
    ...(id ? { id } : {}),
    ...(label ? { 'aria-label': label } : {}),
    ...(invalid ? { status: 'error' as const, 'aria-invalid': true } : {}),
    autoFocus: autoFocus ?? false,
    disabled: disabled ?? false,
    onBlur: () => onBlur?.(),
  };
  const max = field.max ?? 200;
  const options = field.options?.map((option) => ({ value: option.value, label: option.label })) ?? [];
  switch (field.kind) {
    case 'longText':
      return (
        <Input.TextArea
          {...common}
          value={(value as string | null) ?? ''}
          autoSize={inline ? { minRows: 1, maxRows: 6 } : { minRows: 3, maxRows: 14 }}
          maxLength={field.max ?? 20_000}
          onChange={(event) => onChange(event.target.value || null)}
        />
      );
    case 'integer':
    case 'decimal':
      return (
        <InputNumber<string>
          {...common}
          stringMode
          style={{ width: '100%' }}
          value={value === null || value === undefined ? null : String(value)}
          {...(field.kind === 'integer' ? { precision: 0 } : {})}
          onChange={(next) => onChange(numberOut(field, next))}
        />
      );
    case 'money': {
      const money = value as MoneyValue | null;
      return (
        <InputNumber<string>
          {...common}
          stringMode
          style={{ width: '100%' }}
          prefix={money?.currency ?? company.currency}
          value={money?.amount ?? null}
          onChange={(next) =>
            onChange(
              next === null || next === ''
                ? null
                : { amount: String(next), currency: money?.currency ?? company.currency },
            )
          }
        />
      );
    }
    case 'boolean':
      return inline ? (
        <Select
          {...common}
          defaultOpen={autoFocus ?? false}
          value={value === null || value === undefined ? null : value ? 'yes' : 'no'}
          options={[
            { value: 'yes', label: t('yes') },
            { value: 'no', label: t('no') },
          ]}
          onChange={(next) => onChange(next === 'yes')}
          style={{ width: '100%' }}
        />
      ) : (
        <Checkbox {...common} checked={value === true} onChange={(event) => onChange(event.target.checked)}>
          {field.label}
        </Checkbox>
      );
    case 'choice':
      if (field.open)
        return (
          <AutoComplete
            {...common}
            id={id ?? ownId}
            popupRender={(menu) => (
              <>
                <NoneActive of={id ?? ownId} />
                {menu}
              </>
            )}
            allowClear
            value={options.find((option) => option.value === value)?.label ?? (value as string | null) ?? ''}
            options={options.map((option) => ({ value: option.label }))}
            showSearch={{ filterOption: (typed, option) => !!option && option.value.includes(typed) }}
            onChange={(next) => onChange(options.find((o) => o.label === next)?.value ?? (next || null))}
            style={{ width: '100%' }}
          />
        );
      return (
        <Select
          {...common}
          showSearch={{ optionFilterProp: 'label' }}
          allowClear={!field.required}
          defaultOpen={!!inline && !!autoFocus}
          value={(value as string | null) ?? null}
          options={options}
          onChange={(next) => onChange(next ?? null)}
          placeholder={t('choose')}
          style={{ width: '100%' }}
        />
      );
    case 'multiChoice':
      return (
        <Select
          {...common}
          mode={field.open ? 'tags' : 'multiple'}
          allowClear
          value={(value as string[] | null) ?? []}
          options={options}
          optionFilterProp="label"
          onChange={(next) => onChange(next)}
          placeholder={t('choose')}
          style={{ width: '100%' }}
        />
      );
    case 'reference':
      return (
        <ReferencePicker
          {...{ id, label, autoFocus, disabled, invalid, onBlur }}
          to={field.to ?? ''}
          among="staff"
          noCreate={props.noCreate ?? false}
          value={value ? [value as Link] : []}
          onChange={(next) => onChange(next[0] ?? null)}
        />
      );
    case 'references':
      return (
        <ReferencePicker
          {...{ id, label, autoFocus, disabled, invalid, onBlur }}
          many
          to={field.to ?? ''}
          among="staff"
          noCreate={props.noCreate ?? false}
          value={(value as Link[] | null) ?? []}
          onChange={onChange}
        />
      );
    case 'date':
    case 'instant':
      return (
        <Suspense fallback={<Input disabled aria-label={label ?? field.label} />}>
          <DateInput
            {...{ id, label, autoFocus, disabled, invalid, onBlur }}
            withTime={field.kind === 'instant'}
            value={(value as string | null) ?? null}
            onChange={onChange}
          />
        </Suspense>
      );
    case 'phones':
      return (
        <PhonesEditor
          {...{ id, autoFocus, disabled, invalid }}
          label={label ?? field.label}
          value={value}
          onChange={onChange}
        />
      );
    case 'birthday':
      return (
        <BirthdayEditor
          {...{ id, disabled }}
          label={label ?? field.label}
          value={(value as string | null) ?? null}
          onChange={onChange}
        />
      );
    default:
      return (
        <Input
          {...common}
          value={(value as string | null) ?? ''}
          maxLength={max}
          {...(inputModes[field.kind] ?? {})}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        />
      );
  }
}

const inputModes: Partial<Record<MetaField['kind'], { inputMode: 'tel' | 'email' | 'url' }>> = {
  phone: { inputMode: 'tel' },
  email: { inputMode: 'email' },
  url: { inputMode: 'url' },
};

/** Integers travel as numbers, decimals as strings. */
function numberOut(field: MetaField, next: string | number | null): unknown {
  if (next === null || next === '') return null;
  if (field.kind === 'decimal') return String(next);
  const whole = Number(next);
  return Number.isSafeInteger(whole) ? whole : String(next);
}

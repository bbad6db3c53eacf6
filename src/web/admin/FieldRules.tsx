import { Checkbox, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MetaField } from '../api/types.ts';
import { FieldEditor } from '../fields/FieldEditor.tsx';
import { Line } from './DefinitionDialog.tsx';
import { canBe, canHaveDefault, type FieldDraft, SWITCHES, storedValue, traitsOf } from './fieldDraft.ts';
import { type FieldOption, readOptions } from './fieldOptions.ts';

interface Props {
  draft: FieldDraft;
  /** Options as they are stored. */
  known: FieldOption[];
  onChange: (part: Partial<FieldDraft>) => void;
}

/** What may be filled in, what it starts with, and what the field is good for. */
export function FieldRules({ draft, known, onChange }: Props) {
  const { t } = useTranslation();
  const traits = traitsOf(draft.kind);
  return (
    <>
      {traits.longest && (
        <Line id="field-max" label={t('fields.max')} hint={t('fields.maxHint', { max: traits.longest })}>
          <InputNumber
            id="field-max"
            min={1}
            max={traits.longest}
            precision={0}
            value={draft.max}
            onChange={(max) => onChange({ max })}
          />
        </Line>
      )}
      {traits.range && (
        <Line id="field-min" label={t('fields.range')} hint={t('fields.rangeHint')}>
          <div className="range">
            <InputNumber
              id="field-min"
              placeholder={t('fields.min')}
              value={draft.min}
              onChange={(min) => onChange({ min })}
            />
            <span aria-hidden>—</span>
            <InputNumber
              aria-label={t('fields.maxValue')}
              placeholder={t('fields.maxValue')}
              value={draft.maxValue}
              onChange={(maxValue) => onChange({ maxValue })}
            />
          </div>
        </Line>
      )}
      {canHaveDefault(draft) && (
        <Line id="field-default" label={t('fields.default')} hint={t('fields.defaultHint')}>
          <DefaultValue draft={draft} known={known} onChange={onChange} />
        </Line>
      )}
      <fieldset className="switches">
        <legend className="sr">{t('fields.rules')}</legend>
        {SWITCHES.filter((name) => canBe(draft.kind, name)).map((name) => (
          <Checkbox
            key={name}
            checked={draft[name]}
            onChange={(event) => onChange({ [name]: event.target.checked })}
          >
            {t(`fields.${name}`)}
            <small>{t(`fields.${name}Hint`)}</small>
          </Checkbox>
        ))}
      </fieldset>
    </>
  );
}

/** The control of the field itself; of yes or no also neither. */
function DefaultValue({ draft, known, onChange }: Props) {
  const { t } = useTranslation();
  const choose = (value: unknown) => onChange({ default: value });
  if (draft.kind === 'boolean')
    return (
      <Select
        id="field-default"
        allowClear
        value={draft.default as boolean | null}
        options={[
          { value: true, label: t('yes') },
          { value: false, label: t('no') },
        ]}
        onChange={(value) => choose(value ?? null)}
        placeholder={t('fields.noDefault')}
        style={{ width: '100%' }}
      />
    );
  const field: MetaField = {
    name: 'default',
    kind: draft.kind,
    label: t('fields.default'),
    access: 'write',
    open: draft.open,
    ...(draft.max ? { max: draft.max } : {}),
    options: readOptions(draft.options, known).map((option) => ({
      value: storedValue(option),
      label: option.label.zh,
    })),
  };
  return <FieldEditor id="field-default" field={field} value={draft.default} onChange={choose} />;
}

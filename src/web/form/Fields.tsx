import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity, MetaField } from '../api/types.ts';
import { FieldEditor } from '../fields/FieldEditor.tsx';
import { groupLabel } from '../fields/groups.ts';
import { dayChosen, hourChosen } from '../fields/hour.ts';
import { regionGroup } from '../fields/places.ts';
import type { Group, Values } from './model.ts';

const HourInput = lazy(() => import('../fields/HourInput.tsx'));
const RegionPicker = lazy(() => import('../fields/RegionPicker.tsx'));

interface Props {
  entity: MetaEntity;
  groups: Group[];
  values: Values;
  errors: Record<string, string>;
  onChange: (part: Values) => void;
  focusFirst?: boolean;
}

/** The fields of a form in one column, by group, each with its error beside it. */
export function Fields({ entity, groups, values, errors, onChange, focusFirst }: Props) {
  return groups.map((group, at) => (
    <fieldset className="form-group" key={group.name ?? ''}>
      {group.name && <legend>{groupLabel(group.name)}</legend>}
      {group.fields.map((field, index) => (
        <FormField
          key={field.name}
          entity={entity}
          field={field}
          values={values}
          errors={errors}
          onChange={onChange}
          autoFocus={!!focusFirst && at === 0 && index === 0}
        />
      ))}
    </fieldset>
  ));
}

interface FieldProps extends Omit<Props, 'groups' | 'focusFirst'> {
  field: MetaField;
  autoFocus?: boolean;
}

export function FormField({ entity, field, values, errors, onChange, autoFocus }: FieldProps) {
  const { t } = useTranslation();
  const id = `f-${entity.name}-${field.name}`;
  const region = field.kind === 'region' ? regionGroup(entity, field) : null;
  const error = (region ?? [field]).map((part) => errors[part.name]).find(Boolean);
  const label = region && region.length > 1 ? t('region.label') : field.label;
  const boolean = field.kind === 'boolean';
  return (
    <div className={`field ${error ? 'invalid' : ''}`}>
      {boolean ? (
        <span className="field-label" />
      ) : (
        <label className="field-label" htmlFor={id}>
          {label}
          {field.required && (
            <span className="required" title={t('form.requiredMark')}>
              {' '}
              *
            </span>
          )}
        </label>
      )}
      <div className="field-control">
        {region ? (
          <Suspense fallback={<div className="ant-input" style={{ height: 32 }} />}>
            <RegionPicker
              id={id}
              depth={region.length}
              value={region.map((part) => (values[part.name] as string | null) ?? '')}
              onChange={(path) =>
                onChange(Object.fromEntries(region.map((part, index) => [part.name, path[index] ?? null])))
              }
            />
          </Suspense>
        ) : field.hourOf ? (
          <Suspense fallback={<div className="ant-input" style={{ height: 32 }} />}>
            <HourInput
              id={id}
              value={(values[field.name] as string | null | undefined) ?? null}
              invalid={!!error}
              autoFocus={autoFocus}
              onChange={(clock) => onChange(hourChosen(field, values, clock))}
            />
          </Suspense>
        ) : (
          <FieldEditor
            id={id}
            field={field}
            value={values[field.name] ?? null}
            invalid={!!error}
            autoFocus={autoFocus}
            onChange={(value) => onChange(dayChosen(entity, field, values, value))}
          />
        )}
        {error ? (
          <p className="field-error" role="alert">
            {error}
          </p>
        ) : (
          field.help && <p className="field-hint">{field.help}</p>
        )}
      </div>
    </div>
  );
}

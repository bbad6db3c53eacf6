import { Input, Modal, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type AggregateFunction,
  type AggregateSpec,
  DATE_PARTS,
  functionsOf,
  type GroupSpec,
  isDate,
  isNumber,
  SHOWN_AS,
  type ValueSpec,
} from '../../../platform/analysis/query.shared.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { Filter, MetaEntity } from '../../../web/api/types.ts';
import { ConditionGroup } from '../../../web/list/ConditionGroup.tsx';
import { group, isGroup } from '../../../web/list/filterModel.ts';
import { choiceAt, ownChoices } from './model.ts';

interface Props<T> {
  entity: MetaEntity;
  spec: T;
  onSave(spec: T): void;
  onClose(): void;
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children(id)}
    </div>
  );
}

/** How a field tells records apart: by a part of the calendar, or in ranges. */
export function GroupDialog({ entity, spec, onSave, onClose }: Props<GroupSpec>) {
  const { t } = useTranslation();
  const choice = choiceAt(useMeta(), entity, spec.field);
  const [by, setBy] = useState(spec.by ?? 'month');
  const [cuts, setCuts] = useState((spec.cuts ?? []).join(', '));
  const kind = choice?.field.kind ?? 'text';
  const numbers = [
    ...new Set(
      cuts.split(/[,，\s]+/).flatMap((text) => (text && !Number.isNaN(Number(text)) ? [Number(text)] : [])),
    ),
  ].sort((a, b) => a - b);
  const save = () => {
    const { by: _by, cuts: _cuts, ...rest } = spec;
    if (isDate(kind)) onSave({ ...rest, by });
    else onSave(isNumber(kind) && numbers.length ? { ...rest, cuts: numbers } : rest);
    onClose();
  };
  return (
    <Modal
      open
      title={choice?.label}
      okText={t('save')}
      cancelText={t('cancel')}
      width={420}
      onOk={save}
      onCancel={onClose}
    >
      {isDate(kind) && (
        <Field label={t('analysis.byPart')}>
          {(id) => (
            <Select
              id={id}
              value={by}
              onChange={setBy}
              options={DATE_PARTS.map((value) => ({ value, label: t(`analysis.parts.${value}`) }))}
            />
          )}
        </Field>
      )}
      {isNumber(kind) && (
        <Field label={t('analysis.cuts')}>
          {(id) => (
            <Input
              id={id}
              value={cuts}
              placeholder="1000, 10000"
              onChange={(event) => setCuts(event.target.value)}
            />
          )}
        </Field>
      )}
      {!isDate(kind) && !isNumber(kind) && <p className="quiet">{t('analysis.nothingToSet')}</p>}
    </Modal>
  );
}

/** What a number is: its sum or average, of which records, and how it is told. */
export function ValueDialog({ entity, spec, onSave, onClose }: Props<ValueSpec>) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(spec);
  const save = () => {
    onSave(draft);
    onClose();
  };
  return (
    <Modal
      open
      title={t('analysis.number')}
      okText={t('save')}
      cancelText={t('cancel')}
      width={640}
      onOk={save}
      onCancel={onClose}
    >
      {'ratio' in draft ? (
        draft.ratio.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: there are always these two
          <fieldset key={at} className="report-part">
            <legend>{t(at === 0 ? 'analysis.part' : 'analysis.whole')}</legend>
            <AggregateFields
              entity={entity}
              spec={part}
              onChange={(next) =>
                setDraft({ ...draft, ratio: at === 0 ? [next, draft.ratio[1]] : [draft.ratio[0], next] })
              }
            />
          </fieldset>
        ))
      ) : (
        <AggregateFields
          entity={entity}
          spec={draft}
          onChange={(next) => setDraft({ ...keptOf(draft), ...next })}
        />
      )}
      <Field label={t('analysis.shownAs')}>
        {(id) => (
          <Select
            id={id}
            value={draft.show ?? ''}
            onChange={(show) => {
              const { show: _, ...rest } = draft;
              setDraft(show ? ({ ...rest, show } as ValueSpec) : (rest as ValueSpec));
            }}
            options={[
              { value: '', label: t('analysis.asIs') },
              ...SHOWN_AS.map((value) => ({ value, label: t(`analysis.shows.${value}`) })),
            ]}
          />
        )}
      </Field>
      <Field label={t('analysis.label')}>
        {(id) => (
          <Input
            id={id}
            value={draft.label ?? ''}
            maxLength={60}
            onChange={(event) => {
              const { label: _, ...rest } = draft;
              const label = event.target.value;
              setDraft((label ? { ...rest, label } : rest) as ValueSpec);
            }}
          />
        )}
      </Field>
    </Modal>
  );
}

const keptOf = ({ label, show }: ValueSpec) => ({ ...(label ? { label } : {}), ...(show ? { show } : {}) });

const COUNT = '';

function AggregateFields({
  entity,
  spec,
  onChange,
}: {
  entity: MetaEntity;
  spec: AggregateSpec;
  onChange(spec: AggregateSpec): void;
}) {
  const { t } = useTranslation();
  const meta = useMeta();
  const choices = ownChoices(entity).filter(({ field }) => functionsOf(field.kind).length > 0);
  const own = spec.field ? choiceAt(meta, entity, spec.field) : undefined;
  const known = own && !choices.some(({ path }) => path === own.path) ? [own, ...choices] : choices;
  const dates = choices.filter(({ field, path }) => isDate(field.kind) && path !== spec.field);
  const functions: AggregateFunction[] = spec.since
    ? ['avg', 'min', 'max', 'sum']
    : own
      ? functionsOf(own.field.kind)
      : ['count'];
  const where = spec.where;
  const named = (field: string): AggregateSpec => {
    const kept = where ? { where } : {};
    const choice = choiceAt(meta, entity, field);
    return field && choice
      ? { fn: functionsOf(choice.field.kind)[0] ?? 'distinct', field, ...kept }
      : { fn: 'count', ...kept };
  };
  const since = (field: string): AggregateSpec => {
    const { since: _, ...rest } = spec;
    return field ? { ...rest, fn: 'avg', since: field } : named(spec.field ?? '');
  };
  return (
    <>
      <Field label={t('analysis.of')}>
        {(id) => (
          <Select
            id={id}
            showSearch
            optionFilterProp="label"
            value={spec.field ?? COUNT}
            onChange={(field) => onChange(named(field))}
            options={[
              { value: COUNT, label: t('analysis.told.count', { name: entity.label }) },
              ...known.map(({ path, label }) => ({ value: path, label })),
            ]}
          />
        )}
      </Field>
      {own && (
        <Field label={t('analysis.how')}>
          {(id) => (
            <Select
              id={id}
              value={spec.fn}
              onChange={(fn) => onChange({ ...spec, fn })}
              options={functions.map((value) => ({ value, label: t(`analysis.fns.${value}`) }))}
            />
          )}
        </Field>
      )}
      {own && isDate(own.field.kind) && dates.length > 0 && (
        <Field label={t('analysis.since')}>
          {(id) => (
            <Select
              id={id}
              value={spec.since ?? ''}
              onChange={(field) => onChange(since(field))}
              options={[
                { value: '', label: t('analysis.noSince') },
                ...dates.map(({ path, label }) => ({ value: path, label })),
              ]}
            />
          )}
        </Field>
      )}
      <details open={where !== undefined}>
        <summary>{t('analysis.onlySome')}</summary>
        <ConditionGroup
          entity={entity}
          value={asGroup(where)}
          depth={1}
          onChange={(next) => onChange({ ...spec, where: next })}
        />
      </details>
    </>
  );
}

/** A condition as the editor of conditions takes it: a group. */
export const asGroup = (filter: Filter | null | undefined): Filter =>
  filter && isGroup(filter) ? filter : group('and', filter ? [filter] : []);

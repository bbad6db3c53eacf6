import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity } from '../../../web/api/types.ts';
import type { GradeDefinition, SchemeKind } from '../scheme/definition.shared.ts';
import { nameOf } from './api.ts';
import { PolicyEditor } from './PolicyEditor.tsx';
import { RuleFields } from './RuleFields.tsx';

interface Props {
  entity: MetaEntity;
  kind: SchemeKind;
  grades: GradeDefinition[];
  onChange: (grades: GradeDefinition[]) => void;
}

/** The grades in their order, the best first: name, colour, who gets it, and how it is served. */
export function GradeEditor({ entity, kind, grades, onChange }: Props) {
  const { t } = useTranslation();
  const put = (at: number, next: GradeDefinition | null) =>
    onChange(grades.flatMap((grade, index) => (index !== at ? [grade] : next ? [next] : [])));
  const move = (at: number) =>
    onChange(
      grades.map((grade, index) =>
        index === at - 1
          ? (grades[at] as GradeDefinition)
          : index === at
            ? (grades[at - 1] as GradeDefinition)
            : grade,
      ),
    );
  const add = () => {
    const value = freeCode(grades);
    onChange([
      ...grades,
      { value, label: { zh: value, en: value }, ...(kind === 'score' ? { min: 0 } : {}) },
    ]);
  };
  return (
    <>
      <h2>{t('grades.grades')}</h2>
      {grades.map((grade, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a grade is its place; its code changes while it is typed
        <section className="card grade-one" key={at}>
          <GradeHead
            grade={grade}
            kind={kind}
            onChange={(next) => put(at, next)}
            {...(at > 0 ? { onUp: () => move(at) } : {})}
            {...(grades.length > 2 ? { onRemove: () => put(at, null) } : {})}
          />
          {kind === 'conditions' && (
            <RuleEditor
              key={`${grade.value} of ${grades.length}`}
              entity={entity}
              grade={grade}
              onChange={(next) => put(at, next)}
            />
          )}
          <details>
            <summary>{t('grades.serviceOf', { name: nameOf(grade.label) })}</summary>
            <PolicyEditor policy={grade.policy ?? {}} onChange={(policy) => put(at, { ...grade, policy })} />
          </details>
        </section>
      ))}
      <Button onClick={add}>{t('grades.add')}</Button>
    </>
  );
}

const freeCode = (grades: readonly GradeDefinition[]): string => {
  for (let number = grades.length + 1; ; number += 1)
    if (!grades.some(({ value }) => value === `G${number}`)) return `G${number}`;
};

const COLORS = ['dai', 'song', 'teng', 'zhu'] as const;

function GradeHead({
  grade,
  kind,
  onChange,
  onUp,
  onRemove,
}: {
  grade: GradeDefinition;
  kind: SchemeKind;
  onChange: (next: GradeDefinition) => void;
  onUp?: () => void;
  onRemove?: () => void;
}) {
  const { t } = useTranslation();
  const label = (language: 'zh' | 'en') => (
    <Input
      aria-label={t(`grades.label.${language}`)}
      value={grade.label[language]}
      maxLength={30}
      onChange={(event) => onChange({ ...grade, label: { ...grade.label, [language]: event.target.value } })}
    />
  );
  return (
    <div className="grade-head">
      <span className={`tag ${grade.color ?? ''}`}>{nameOf(grade.label) || grade.value}</span>
      <Input
        aria-label={t('grades.code')}
        className="short"
        value={grade.value}
        maxLength={30}
        onChange={(event) => onChange({ ...grade, value: event.target.value.replace(/[\s"'\\]/g, '') })}
      />
      {label('zh')}
      {label('en')}
      <Select
        aria-label={t('grades.color')}
        value={grade.color ?? ''}
        options={['' as const, ...COLORS].map((value) => ({
          value,
          label: <span className={`tag ${value}`}>{t(`grades.colors.${value || 'none'}`)}</span>,
        }))}
        onChange={(color) => onChange({ ...grade, color: (color || undefined) as GradeDefinition['color'] })}
      />
      {kind === 'score' && (
        <InputNumber<number>
          aria-label={t('grades.min')}
          prefix={t('grades.from')}
          value={grade.min ?? 0}
          min={0}
          max={100}
          onChange={(min) => onChange({ ...grade, min: min ?? 0 })}
        />
      )}
      <span className="fill" />
      {onUp && (
        <button type="button" className="icon-button" aria-label={t('grades.up')} onClick={onUp}>
          ↑
        </button>
      )}
      {onRemove && (
        <button type="button" className="icon-button" aria-label={t('grades.remove')} onClick={onRemove}>
          ×
        </button>
      )}
    </div>
  );
}

/** Who gets a grade: whoever meets the rule, or all that are left. */
function RuleEditor({
  entity,
  grade,
  onChange,
}: {
  entity: MetaEntity;
  grade: GradeDefinition;
  onChange: (next: GradeDefinition) => void;
}) {
  const { t } = useTranslation();
  const [rest, setRest] = useState(!grade.filter);
  return (
    <div className="grade-rule">
      <Checkbox
        checked={rest}
        onChange={(event) => {
          setRest(event.target.checked);
          if (event.target.checked) onChange({ ...grade, filter: null });
        }}
      >
        {t('grades.rest')}
      </Checkbox>
      {!rest && (
        <RuleFields
          entity={entity}
          filter={grade.filter ?? null}
          onChange={(filter) => onChange({ ...grade, filter })}
        />
      )}
    </div>
  );
}

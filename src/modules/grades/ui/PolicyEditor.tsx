import { InputNumber, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { GradePolicy } from '../scheme/definition.shared.ts';

const NUMBERS = [
  ['visitDays', 'grades.visit', 'grades.dayUnit', 3650],
  ['contactDays', 'grades.contact', 'grades.dayUnit', 3650],
  ['responseMinutes', 'grades.response', 'grades.minuteUnit', 525_600],
  ['discountPercent', 'grades.discount', 'grades.percentUnit', 100],
] as const;
const LEVELS = ['high', 'normal', 'low'] as const;
const CLOCKS = ['business', 'clock'] as const;

/** How a grade is served; what is left empty is not laid down. */
export function PolicyEditor({
  policy,
  onChange,
}: {
  policy: GradePolicy;
  onChange: (policy: GradePolicy) => void;
}) {
  const { t } = useTranslation();
  const ids = useId();
  const set = (name: keyof GradePolicy, value: unknown) => {
    const { [name]: _, ...others } = policy;
    onChange((value === null || value === undefined ? others : { ...others, [name]: value }) as GradePolicy);
  };
  return (
    <div className="grade-policy-editor">
      {NUMBERS.map(([name, label, unit, max]) => (
        <label key={name} htmlFor={ids + name}>
          <span className="field-label">{t(label)}</span>
          <InputNumber<number>
            id={ids + name}
            value={policy[name] ?? null}
            suffix={t(unit)}
            min={name === 'discountPercent' ? 0 : 1}
            max={max}
            precision={name === 'discountPercent' ? 2 : 0}
            onChange={(value) => set(name, value)}
          />
        </label>
      ))}
      <label htmlFor={`${ids}clock`}>
        <span className="field-label">{t('grades.clock')}</span>
        <Select
          id={`${ids}clock`}
          allowClear
          value={policy.responseClock ?? null}
          options={CLOCKS.map((value) => ({ value, label: t(`grades.clockText.${value}`) }))}
          onChange={(value) => set('responseClock', value)}
        />
      </label>
      <label htmlFor={`${ids}care`}>
        <span className="field-label">{t('grades.care')}</span>
        <Select
          id={`${ids}care`}
          allowClear
          value={policy.careLevel ?? null}
          options={LEVELS.map((value) => ({ value, label: t(`grades.careLevel.${value}`) }))}
          onChange={(value) => set('careLevel', value)}
        />
      </label>
    </div>
  );
}

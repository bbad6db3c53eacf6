import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { STEPS } from '../book/reprice.shared.ts';

export interface Percent {
  percent: string | null;
  step: (typeof STEPS)[number];
}

/** By how many per cent, and to what it is rounded. */
export function PercentFields({
  value,
  onChange,
  autoFocus,
}: {
  value: Percent;
  onChange(value: Percent): void;
  autoFocus?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <div className="price-percent">
      <div className="field">
        <label className="field-label" htmlFor="price-percent">
          {t('prices.percent')}
        </label>
        <InputNumber<string>
          id="price-percent"
          stringMode
          autoFocus={autoFocus ?? false}
          min="-99"
          max="1000"
          suffix="%"
          placeholder="5"
          value={value.percent}
          onChange={(percent) => onChange({ ...value, percent: percent || null })}
        />
      </div>
      <div className="field">
        <label className="field-label" htmlFor="price-step">
          {t('prices.step')}
        </label>
        <Select
          id="price-step"
          value={value.step}
          options={STEPS.map((step) => ({ value: step, label: t(`prices.step.${step.replace('.', '_')}`) }))}
          onChange={(step) => onChange({ ...value, step })}
        />
      </div>
    </div>
  );
}

import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CostRules, Phase } from '../rules/definition.ts';
import type { RulesNow } from './SourceRules.tsx';

const PHASES: readonly Phase[] = ['initial', 'upkeep', 'ending'];

interface Props {
  models: RulesNow['models'];
  phases: CostRules['phases'];
  onChange(phases: CostRules['phases']): void;
}

/** Into which time of a relation a cost falls, by the stage the customer was in. */
export function PhaseRules({ models, phases, onChange }: Props) {
  const { t } = useTranslation();
  const order = models.toSorted((a, b) => b.code.localeCompare(a.code));
  return (
    <section className="card pad">
      <h2>{t('worth.rules.phases')}</h2>
      <p className="quiet">{t('worth.rules.phasesText')}</p>
      {order.map(({ code, active, stages }) => (
        <fieldset key={code}>
          <legend>
            {t(`worth.rules.model.${code}`)}
            {!active && <span className="quiet"> · {t('worth.rules.inactive')}</span>}
          </legend>
          {stages.map(({ value, label }) => (
            <label key={value} className="field" htmlFor={`phase-${code}-${value}`}>
              <span className="field-label">{label}</span>
              <Select<Phase>
                id={`phase-${code}-${value}`}
                value={phases[code][value] ?? 'upkeep'}
                onChange={(next) => onChange({ ...phases, [code]: { ...phases[code], [value]: next } })}
                options={PHASES.map((phase) => ({ value: phase, label: t(`worth.phase.${phase}`) }))}
              />
            </label>
          ))}
        </fieldset>
      ))}
      <label className="field" htmlFor="phase-days">
        <span className="field-label">{t('worth.rules.days')}</span>
        <span className="field-control">
          <InputNumber
            id="phase-days"
            value={phases.days}
            min={0}
            max={3650}
            precision={0}
            onChange={(days) => onChange({ ...phases, days: days ?? 0 })}
          />
        </span>
      </label>
    </section>
  );
}

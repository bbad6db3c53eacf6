import { Checkbox, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CostRules, SourceRule } from '../rules/definition.ts';
import { Amount } from './Amount.tsx';

/** The rules as the server tells them. */
export interface RulesNow {
  today: string;
  /** Since when they hold; null for those the product begins with. */
  from: string | null;
  rules: CostRules;
  sources: { name: string; basis: 'time' | 'amount'; label: string }[];
  models: {
    code: 'relation' | 'life';
    active: boolean;
    stages: { value: string; label: string }[];
  }[];
}

interface Props {
  sources: RulesNow['sources'];
  rules: CostRules['sources'];
  onChange(rules: CostRules['sources']): void;
}

/** What costs how much: so much each, and by time or by its own amount. */
export function SourceRules({ sources, rules, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <section className="card pad">
      <h2>{t('worth.rules.source')}</h2>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('worth.rules.active')}</th>
              <th scope="col">{t('worth.rules.each')}</th>
              <th scope="col">{t('worth.rules.minutes')}</th>
              <th scope="col">{t('worth.rules.percent')}</th>
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => {
              const rule = rules[source.name];
              if (!rule) return null;
              const set = (part: Partial<SourceRule>) =>
                onChange({ ...rules, [source.name]: { ...rule, ...part } });
              return (
                <tr key={source.name}>
                  <td>
                    <Checkbox
                      checked={rule.active}
                      onChange={({ target }) => set({ active: target.checked })}
                    >
                      {source.label}
                    </Checkbox>
                  </td>
                  <td>
                    <Amount
                      id={`each-${source.name}`}
                      label={`${source.label} · ${t('worth.rules.each')}`}
                      bare
                      value={rule.each}
                      onChange={(each) => set({ each })}
                    />
                  </td>
                  <td>
                    {source.basis === 'time' && (
                      <InputNumber
                        aria-label={`${source.label} · ${t('worth.rules.minutes')}`}
                        value={rule.minutes}
                        min={0}
                        max={1440}
                        precision={0}
                        onChange={(minutes) => set({ minutes: minutes ?? 0 })}
                      />
                    )}
                  </td>
                  <td>
                    {source.basis === 'amount' && (
                      <Amount
                        id={`percent-${source.name}`}
                        label={`${source.label} · ${t('worth.rules.percent')}`}
                        bare
                        max={100}
                        value={rule.percent}
                        onChange={(percent) => set({ percent })}
                      />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, put } from '../../../web/api/client.ts';
import { PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { submits } from '../../../web/shell/useSaving.ts';
import type { CareSettings } from '../hospitality/rules.ts';
import './care.css';

/** Caps of hospitality, and when one is too close. */
export function RulesPage() {
  const { data } = useQuery({
    queryKey: ['care', 'settings'],
    queryFn: () => get<CareSettings>('/care/settings'),
  });
  return data ? <RulesForm start={data} /> : <PageSkeleton />;
}

const percent = (share: string) => Number((Number(share) * 100).toFixed(4));
const share = (value: number) => String(Number((value / 100).toFixed(6)));

function RulesForm({ start }: { start: CareSettings }) {
  const { t } = useTranslation();
  const [rules, setRules] = useState(start);
  const set = (part: Partial<CareSettings>) => setRules({ ...rules, ...part });
  const close = (part: Partial<CareSettings['closeness']>) =>
    set({ closeness: { ...rules.closeness, ...part } });
  const save = () =>
    put('/care/settings', rules).then(() => toast(t('spending.saved'), { kind: 'good' }), toastError);
  const field = (name: string, value: number, max: number, step: number, change: (value: number) => void) => (
    <label className="field" htmlFor={`rule-${name}`}>
      <span className="field-label">{t(`spending.rule.${name}`)}</span>
      <InputNumber
        id={`rule-${name}`}
        value={value}
        min={0}
        max={max}
        step={step}
        onChange={(next) => change(next ?? 0)}
      />
    </label>
  );
  return (
    <form className="narrow-form care-rules" onSubmit={submits(save)}>
      <h1 tabIndex={-1}>{t('spending.rules')}</h1>
      <section className="card pad">
        {field('lowShare', percent(rules.lowShare), 99, 0.05, (value) => set({ lowShare: share(value) }))}
        {field('highShare', percent(rules.highShare), 99, 0.05, (value) => set({ highShare: share(value) }))}
        {field('allowance', Number(rules.allowance), 1e9, 50, (value) => set({ allowance: String(value) }))}
        <p className="quiet">{t('spending.rulesText')}</p>
      </section>
      <section className="card pad">
        <h2>{t('spending.close')}</h2>
        {field('minSpend', Number(rules.closeness.minSpend), 1e9, 500, (value) =>
          close({ minSpend: String(value) }),
        )}
        {field('risePercent', rules.closeness.risePercent, 1000, 5, (value) =>
          close({ risePercent: Math.round(value) }),
        )}
        {field('personPercent', rules.closeness.personPercent, 100, 5, (value) =>
          close({ personPercent: Math.round(value) }),
        )}
      </section>
      <Button type="primary" htmlType="submit">
        {t('save')}
      </Button>
    </form>
  );
}

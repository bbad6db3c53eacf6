import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, put } from '../../../web/api/client.ts';
import { PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { submits } from '../../../web/shell/useSaving.ts';
import type { TrialSettings } from '../trial/settings.ts';

/** From which worth on a trial needs approval, and when a superior hears of one that is late. */
export function TrialRules() {
  const { data } = useQuery({
    queryKey: ['trials', 'settings'],
    queryFn: () => get<TrialSettings>('/trials/settings'),
  });
  return data ? <RulesForm start={data} /> : <PageSkeleton />;
}

const USUAL = 5000;

function RulesForm({ start }: { start: TrialSettings }) {
  const { t } = useTranslation();
  const [rules, setRules] = useState(start);
  const save = () =>
    put('/trials/settings', rules).then(() => toast(t('trials.saved'), { kind: 'good' }), toastError);
  return (
    <form className="narrow-form" onSubmit={submits(save)}>
      <h1 tabIndex={-1}>{t('trials.rules')}</h1>
      <section className="card pad">
        <Checkbox
          checked={rules.limit !== null}
          onChange={(event) => setRules({ ...rules, limit: event.target.checked ? String(USUAL) : null })}
        >
          {t('trials.asks')}
        </Checkbox>
        {rules.limit !== null && (
          <label className="field" htmlFor="trial-limit">
            <span className="field-label">{t('trials.limit')}</span>
            <InputNumber
              id="trial-limit"
              min={0}
              max={1e9}
              step={500}
              precision={2}
              value={Number(rules.limit)}
              onChange={(value) => setRules({ ...rules, limit: String(value ?? 0) })}
            />
          </label>
        )}
        <label className="field" htmlFor="trial-escalate">
          <span className="field-label">{t('trials.escalateAfter')}</span>
          <InputNumber
            id="trial-escalate"
            min={1}
            max={60}
            precision={0}
            value={rules.escalateAfter}
            onChange={(value) => setRules({ ...rules, escalateAfter: value ?? 1 })}
          />
        </label>
      </section>
      <Button type="primary" htmlType="submit">
        {t('save')}
      </Button>
    </form>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, put } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { JobProgress } from '../../../web/shell/JobProgress.tsx';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { submits, useSaving } from '../../../web/shell/useSaving.ts';
import type { CostRules } from '../rules/definition.ts';
import { Amount } from './Amount.tsx';
import { PhaseRules } from './PhaseRules.tsx';
import { Rates } from './Rates.tsx';
import { type RulesNow, SourceRules } from './SourceRules.tsx';
import { WeightsForm } from './WeightsForm.tsx';
import './value.css';

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));
const KEY = ['value', 'rules'];

/** How costs are reckoned of visits and spending, and what judgements are worth. */
export function RulesPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: () => get<RulesNow>('/value/rules') });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <div className="narrow-form cost-rules">
      <h1 tabIndex={-1}>{t('worth.rules')}</h1>
      <CostForm start={data} />
      <WeightsForm />
    </div>
  );
}

function CostForm({ start }: { start: RulesNow }) {
  const { t } = useTranslation();
  const [rules, setRules] = useState<CostRules>(start.rules);
  const [from, setFrom] = useState(start.today);
  const { run } = useSaving();
  const [job, setJob] = useState<string | null>(null);
  const set = (part: Partial<CostRules>) => setRules({ ...rules, ...part });
  const save = () =>
    run(async () => {
      const complete = rules.departments.filter(({ department }) => department);
      const { jobId } = await put<{ jobId: string }>('/value/rules', {
        from,
        rules: { ...rules, departments: complete },
      });
      toast(t('worth.rules.saved'), { kind: 'good' });
      setJob(jobId);
      void queryClient.invalidateQueries({ queryKey: KEY });
    }, toastError);
  return (
    <form className="narrow-form" onSubmit={submits(save)}>
      <section className="card pad">
        <h2>{t('worth.rules.costs')}</h2>
        <p className="quiet">
          {start.from ? t('worth.rules.now', { day: start.from }) : t('worth.rules.shipped')}{' '}
          {t('worth.rules.text')}
        </p>
        <label className="field" htmlFor="cost-from">
          <span className="field-label">{t('worth.rules.from')}</span>
          <Suspense fallback={<span className="input-wait" />}>
            <DateInput
              id="cost-from"
              withTime={false}
              value={from}
              onChange={(next) => next && setFrom(next)}
            />
          </Suspense>
        </label>
        <Amount
          id="cost-hourly"
          label={t('worth.rules.hourly')}
          value={rules.hourly}
          onChange={(hourly) => set({ hourly })}
        />
        <Rates rates={rules.departments} onChange={(departments) => set({ departments })} />
      </section>
      <SourceRules sources={start.sources} rules={rules.sources} onChange={(sources) => set({ sources })} />
      <PhaseRules models={start.models} phases={rules.phases} onChange={(phases) => set({ phases })} />
      <div>
        <Button type="primary" htmlType="submit">
          {t('worth.rules.save')}
        </Button>
      </div>
      {job && <JobProgress key={job} id={job} onDone={() => refreshEntity('cost-entries')} />}
    </form>
  );
}

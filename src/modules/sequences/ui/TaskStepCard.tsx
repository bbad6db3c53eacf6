import { useTranslation } from 'react-i18next';
import { useRecord } from '../../../web/api/records.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { useTaskStep } from './api.ts';
import { CopyText } from './CopyText.tsx';
import { RunButtons } from './RunButtons.tsx';
import './sequences.css';

/** A task that is a step of a sequence: what to say, where to send it, and what came of it. */
export function TaskStepCard({ record }: SlotProps) {
  const { data } = useTaskStep(record.id);
  return data?.step ? <StepCard record={record} step={data.step} /> : null;
}

type Step = NonNullable<NonNullable<ReturnType<typeof useTaskStep>['data']>['step']>;

function StepCard({ record, step }: { record: SlotProps['record']; step: Step }) {
  const { t } = useTranslation();
  const run = useRecord('sequence-runs', step.run as string);
  const text = typeof record.remark === 'string' ? record.remark : '';
  const subject = record.title.replace(/^[^：:]{1,8}[：:]\s*/, '');
  return (
    <section className="card">
      <header>
        <h2>{run.data?.title ?? t('sequences.title')}</h2>
      </header>
      <div className="card-body">
        {text && <CopyText text={text} />}
        {step.email && (step.action === 'mail' || step.action === 'message') && (
          <p>
            <a
              className="button"
              href={`mailto:${step.email}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`}
            >
              {t('sequences.write')}
            </a>
          </p>
        )}
        {run.data && <RunButtons run={run.data} />}
      </div>
    </section>
  );
}

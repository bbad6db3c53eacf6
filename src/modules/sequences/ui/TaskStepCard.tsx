import { useTranslation } from 'react-i18next';
import { useRecord } from '../../../web/api/records.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { useTaskStep } from './api.ts';
import { CopyText } from './CopyText.tsx';
import { RunButtons } from './RunButtons.tsx';
import './sequences.css';

/** A task that is a step of a sequence: what to say, where to send it, and what came of it. */
export function TaskStepCard({ record }: SlotProps) {
  const step = useTaskStep(record.id).data?.step;
  if (!step) return null;
  return step.run ? (
    <RunStepCard record={record} step={step} run={step.run} />
  ) : (
    <StepCard record={record} step={step} />
  );
}

type Step = NonNullable<NonNullable<ReturnType<typeof useTaskStep>['data']>['step']>;

interface StepProps {
  record: SlotProps['record'];
  step: Step;
}

/** Where the reader sees the run it is a step of. */
function RunStepCard({ run: id, ...shown }: StepProps & { run: string }) {
  const { data } = useRecord('sequence-runs', id);
  return <StepCard {...shown} run={data} />;
}

function StepCard({ record, step, run }: StepProps & { run?: SlotProps['record'] | undefined }) {
  const { t } = useTranslation();
  const text = typeof record.remark === 'string' ? record.remark : '';
  const subject = record.title.replace(/^[^：:]{1,8}[：:]\s*/, '');
  return (
    <section className="card">
      <header>
        <h2>{run?.title ?? t('sequences.title')}</h2>
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
        {run && <RunButtons run={run} />}
      </div>
    </section>
  );
}

import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Bar } from '../shell/JobProgress.tsx';
import { toastError } from '../shell/toasts.tsx';
import { changeImport, type ImportJob, importStep } from './api.ts';
import { Outcomes } from './Outcomes.tsx';

/** The dry run: what would happen to each row, before anything does. */
export function CheckStep({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const act = async (work: Promise<unknown>) => {
    setBusy(true);
    await work.catch(toastError);
    setBusy(false);
  };
  if (job.state === 'checking')
    return (
      <section className="card pad">
        <h2>{t('import.checking')}</h2>
        <Bar done={job.progress?.done ?? 0} total={job.progress?.total ?? null} />
        <p className="quiet">{t('import.goesOn')}</p>
      </section>
    );
  const willChange = (job.counts?.created ?? 0) + (job.counts?.updated ?? 0);
  return (
    <>
      <p>{t('import.checked', { total: (job.counts?.total ?? 0).toLocaleString() })}</p>
      <Outcomes job={job} planned />
      {(job.counts?.failed ?? 0) > 0 && <p className="quiet">{t('import.failedLater')}</p>}
      <div className="actions">
        <Button
          type="primary"
          loading={busy}
          disabled={willChange === 0}
          onClick={() => void act(importStep(job, 'run'))}
        >
          {t('import.run', { count: willChange.toLocaleString() })}
        </Button>
        <Button disabled={busy} onClick={() => void act(changeImport(job.id, { mapping: job.mapping }))}>
          {t('import.back')}
        </Button>
      </div>
    </>
  );
}

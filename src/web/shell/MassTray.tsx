import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { followMass, isAtWork, type MassJob, putAway, stopMass, useMassJobs } from '../api/mass.ts';
import { useMeta } from '../api/meta.tsx';
import { refreshEntity } from '../api/records.ts';
import { takeBack } from '../list/mass.ts';
import { Bar } from './JobProgress.tsx';
import { MassFailures } from './MassFailures.tsx';
import { toastError } from './toasts.tsx';

/** Mass actions that run as jobs, on every page: how far they are, what came of them, and the way back. */
export function MassTray() {
  const { t } = useTranslation();
  const jobs = useMassJobs();
  if (jobs.length === 0) return null;
  return (
    <aside className="mass-tray" aria-label={t('mass.tray')}>
      {jobs.map((job) => (
        <OneJob key={job.id} job={job} />
      ))}
    </aside>
  );
}

function OneJob({ job }: { job: MassJob }) {
  const { t } = useTranslation();
  const { entity } = useMeta();
  const [listing, setListing] = useState(false);
  const atWork = isAtWork(job);
  const was = useRef(atWork);
  const type = entity(job.entity);
  useEffect(() => {
    if (atWork) followMass(job.id);
    else if (was.current && type) refreshEntity(type.plural);
    was.current = atWork;
  }, [atWork, job.id, type]);
  return (
    <section className="mass-job" aria-label={job.label}>
      <div className="mass-job-head">
        <b>{job.label}</b>
        <span className="quiet">{type?.label}</span>
        <span className="fill" />
        {!atWork && (
          <button
            type="button"
            className="icon-button"
            aria-label={t('close')}
            onClick={() => putAway(job.id)}
          >
            ×
          </button>
        )}
      </div>
      {atWork ? (
        <>
          <Bar done={job.progress.done} total={job.progress.total} />
          <button type="button" className="link" onClick={() => void stopMass(job).catch(toastError)}>
            {t('mass.stop')}
          </button>
        </>
      ) : (
        <>
          <p role="status">
            {job.state === 'failed'
              ? t('mass.broken', { count: job.done })
              : job.state === 'cancelled'
                ? t('mass.stopped', { count: job.done })
                : t(`mass.done.${job.action}`, { count: job.done })}
          </p>
          {job.failed > 0 && (
            <button type="button" className="link" onClick={() => setListing(true)}>
              {t('mass.left', { count: job.failed })}
            </button>
          )}
          {job.undoId && type && (
            <button type="button" className="link" onClick={() => takeBack(type, job.undoId as string)}>
              {t('undo')}
            </button>
          )}
        </>
      )}
      {listing && type && <MassFailures job={job} entity={type} onClose={() => setListing(false)} />}
    </section>
  );
}

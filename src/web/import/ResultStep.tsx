import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { url } from '../api/client.ts';
import { refreshEntity } from '../api/records.ts';
import type { MetaEntity } from '../api/types.ts';
import { ask } from '../shell/ask.tsx';
import { Bar } from '../shell/JobProgress.tsx';
import { toastError } from '../shell/toasts.tsx';
import { type ImportJob, importStep, isWorking } from './api.ts';
import { Outcomes } from './Outcomes.tsx';

/** The run and what came of it: the failed rows as a file, and the way back. */
export function ResultStep({ job, entity }: { job: ImportJob; entity: MetaEntity }) {
  const { t } = useTranslation();
  const { state, counts, progress } = job;
  useEffect(() => {
    if (state === 'done' || state === 'undone') refreshEntity(entity.plural);
  }, [state, entity.plural]);
  if (isWorking(job))
    return (
      <section className="card pad">
        <h2>{t(state === 'undoing' ? 'import.undoing' : 'import.running')}</h2>
        <Bar done={progress?.done ?? 0} total={progress?.total ?? null} />
        <p className="quiet">{t('import.goesOn')}</p>
        <Link className="button" to="/r/$plural" params={{ plural: entity.plural }}>
          {t('import.leave')}
        </Link>
      </section>
    );
  const undo = async () => {
    const count = (counts?.created ?? 0) + (counts?.updated ?? 0);
    const yes = await ask({
      title: t('import.undoTitle', { count: count.toLocaleString() }),
      body: t('import.undoText'),
      action: t('import.undo'),
      danger: true,
    });
    if (yes) await importStep(job, 'undo').catch(toastError);
  };
  return (
    <>
      {state === 'failed' && (
        <p className="form-error" role="alert">
          {t('import.failed')} {job.error?.detail}
        </p>
      )}
      {state === 'undone' && (
        <div className="card pad">
          <h2>{t('import.undone')}</h2>
          {!!job.conflicts?.length && (
            <>
              <p>{t('import.undoneExcept', { count: job.conflicts.length })}</p>
              <ul>
                {job.conflicts.map((item) => (
                  <li key={item.id}>
                    <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: item.id }}>
                      {item.title}
                    </Link>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
      {state === 'done' && <h2>{t('import.done')}</h2>}
      {state === 'done' && searchableLater(job) && <p className="quiet">{t('import.searchableSoon')}</p>}
      <Outcomes job={job} planned={false} />
      <div className="actions">
        <Link className="button primary" to="/r/$plural" params={{ plural: entity.plural }}>
          {t('import.show', { label: entity.manyLabel })}
        </Link>
        {(counts?.failed ?? 0) > 0 && (
          <a className="button" href={url(`/imports/${job.id}/result`)} download>
            {t('import.failedFile', { count: counts?.failed })}
          </a>
        )}
        <Link className="button" to="/import/new" search={{ entity: entity.name }}>
          {t('import.another')}
        </Link>
        {state === 'done' && (
          <Button danger onClick={() => void undo()}>
            {t('import.undo')}
          </Button>
        )}
      </div>
    </>
  );
}

const searchableLater = ({ progress, counts }: ImportJob) =>
  progress?.searchable !== undefined && progress.searchable < (counts?.created ?? 0) + (counts?.updated ?? 0);

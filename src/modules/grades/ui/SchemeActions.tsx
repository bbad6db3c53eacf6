import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post, remove } from '../../../web/api/client.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import { ask } from '../../../web/shell/ask.tsx';
import { JobProgress } from '../../../web/shell/JobProgress.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { refreshGrades } from './api.ts';

/** What can be done with a whole scheme; long work shows how far it is. */
export function SchemeActions({ scheme }: { scheme: WireRecord }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [job, setJob] = useState<string | null>(null);
  const run = async (command: string) => {
    try {
      const { jobId } = await post<{ jobId: string | null }>(`/grade-schemes/${scheme.id}/${command}`);
      setJob(jobId);
      refreshGrades();
    } catch (error) {
      toastError(error);
    }
  };
  const switchOff = async () => {
    const yes = await ask({
      title: t('grades.offTitle', { name: scheme.title }),
      body: t('grades.offBody'),
      action: t('grades.switchOff'),
      danger: true,
    });
    if (yes) await run('switchOff');
  };
  const drop = async () => {
    const yes = await ask({
      title: t('grades.dropTitle', { name: scheme.title }),
      body: t('grades.dropBody'),
      action: t('delete'),
      danger: true,
    });
    if (!yes) return;
    try {
      await remove(`/grade-schemes/${scheme.id}`);
      refreshGrades();
      toast(t('grades.dropped', { name: scheme.title }));
      void navigate({ to: '/grades' as string });
    } catch (error) {
      toastError(error);
    }
  };
  if (job)
    return (
      <div className="grade-job">
        <JobProgress
          key={job}
          id={job}
          onDone={() => {
            setJob(null);
            refreshGrades();
          }}
        />
      </div>
    );
  const on = scheme.active === true;
  return (
    <span className="actions">
      {on && scheme.main !== true && (
        <button type="button" className="link" onClick={() => void run('makeMain')}>
          {t('grades.makeMain')}
        </button>
      )}
      {on && (
        <button type="button" className="link" onClick={() => void run('recompute')}>
          {t('grades.recompute')}
        </button>
      )}
      {on ? (
        <button type="button" className="link" onClick={() => void switchOff()}>
          {t('grades.switchOff')}
        </button>
      ) : (
        <>
          <button type="button" className="link" onClick={() => void drop()}>
            {t('delete')}
          </button>
          <Link className="button primary" to={`/grades/${scheme.id}` as string}>
            {t('grades.look')}
          </Link>
        </>
      )}
    </span>
  );
}

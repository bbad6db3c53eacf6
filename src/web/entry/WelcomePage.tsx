import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { queryClient } from '../api/query.ts';
import { useShortList } from '../api/records.ts';
import { JobProgress } from '../shell/JobProgress.tsx';
import { toastError } from '../shell/toasts.tsx';
import { useSaving } from '../shell/useSaving.ts';

/** After set-up: three ways to begin. */
export function WelcomePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [job, setJob] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const { busy, run } = useSaving();
  const { data } = useShortList(useMeta().entity('customer')?.plural, {}, 1);
  const fresh = data?.items.length === 0;
  const sample = () =>
    run(async () => {
      const { jobId } = await post<{ jobId: string }>('/sample-data');
      setJob(jobId);
    }, toastError);
  const done = () => {
    void queryClient.invalidateQueries();
    void navigate({ to: '/' });
  };
  return (
    <div className="page narrow">
      <h1 tabIndex={-1}>{t('welcome.title')}</h1>
      <p className="quiet">{t('welcome.text')}</p>
      {job ? (
        <section className="card pad">
          <h2>{t('welcome.filling')}</h2>
          <JobProgress id={job} onDone={done} onFailed={() => setFailed(true)} />
          {!failed && <p className="quiet">{t('welcome.fillingText')}</p>}
          <div className="actions">
            <Button onClick={done}>{t(failed ? 'welcome.emptyGo' : 'welcome.look')}</Button>
            {failed && (
              <Button
                onClick={() => {
                  setFailed(false);
                  setJob(null);
                }}
              >
                {t('welcome.back')}
              </Button>
            )}
          </div>
        </section>
      ) : (
        <div className="choices">
          <section className="card pad">
            <h2>{t('welcome.import')}</h2>
            <p>{t('welcome.importText')}</p>
            <Button
              type="primary"
              onClick={() => void navigate({ to: '/import/new', search: { entity: 'customer' } })}
            >
              {t('welcome.importGo')}
            </Button>
          </section>
          {fresh && (
            <section className="card pad">
              <h2>{t('welcome.sample')}</h2>
              <p>{t('welcome.sampleText')}</p>
              <Button loading={busy} onClick={() => void sample()}>
                {t('welcome.sampleGo')}
              </Button>
            </section>
          )}
          <section className="card pad">
            <h2>{t('welcome.empty')}</h2>
            <p>{t('welcome.emptyText')}</p>
            <Button onClick={() => void navigate({ to: '/' })}>{t('welcome.emptyGo')}</Button>
          </section>
        </div>
      )}
    </div>
  );
}

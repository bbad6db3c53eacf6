import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { instantText } from '../fields/format.ts';
import { FailedPage, PageSkeleton } from '../shell/StatusPage.tsx';
import type { ImportJob } from './api.ts';

const COLOUR: Partial<Record<ImportJob['state'], string>> = {
  done: 'song',
  failed: 'zhu',
  running: 'dai',
  checking: 'dai',
};

/** All imports, with what came of them; an unfinished one can be taken up again. */
export function HistoryPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const { data, error, refetch } = useQuery({
    queryKey: ['imports'],
    queryFn: () => get<{ items: ImportJob[] }>('/imports'),
    staleTime: 0,
  });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <div className="page narrow">
      <div className="head">
        <h1 tabIndex={-1}>{t('import.history')}</h1>
        <span className="fill" />
        <Link className="button primary" to="/import/new">
          {t('import.new')}
        </Link>
      </div>
      {data.items.length === 0 ? (
        <div className="empty-page card">
          <h2>{t('import.none')}</h2>
          <p>{t('import.noneText')}</p>
        </div>
      ) : (
        <section className="card scroll-x">
          <table className="plain-table">
            <thead>
              <tr>
                <th>{t('import.file')}</th>
                <th>{t('import.kind')}</th>
                <th>{t('import.state')}</th>
                <th className="num">{t('import.did.created')}</th>
                <th className="num">{t('import.did.updated')}</th>
                <th className="num">{t('import.did.skipped')}</th>
                <th className="num">{t('import.did.failed')}</th>
                <th>{t('import.when')}</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((job) => (
                <tr key={job.id}>
                  <td>
                    <Link to="/import/$id" params={{ id: job.id }}>
                      {job.fileName}
                    </Link>
                  </td>
                  <td>{meta.entity(job.entity)?.label ?? job.entity}</td>
                  <td>
                    <span className={`tag ${COLOUR[job.state] ?? ''}`}>{t(`import.state.${job.state}`)}</span>
                  </td>
                  <td className="num">{job.counts?.created ?? ''}</td>
                  <td className="num">{job.counts?.updated ?? ''}</td>
                  <td className="num">{job.counts?.skipped ?? ''}</td>
                  <td className="num">{job.counts?.failed ?? ''}</td>
                  <td>{job.createdAt && instantText(job.createdAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}

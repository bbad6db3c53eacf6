import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { get, messageOf, post } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import type { JobState } from '../api/types.ts';
import { instantText } from '../fields/format.ts';
import { toastError } from '../shell/toasts.tsx';

interface Check {
  name: string;
  label?: string;
  ok: boolean;
  detail?: string | null;
}

interface Job extends JobState {
  label?: string;
  createdBy?: { title: string | null } | null;
}

const COLOUR: Record<string, string> = { done: 'song', failed: 'zhu', running: 'dai', queued: '' };
const EVERY_MS = 5_000;

/** How the system is: its parts, and the work in the background. */
export function SystemPage() {
  const { t, i18n } = useTranslation();
  const health = useQuery({
    queryKey: ['health'],
    queryFn: () => get<{ status: string; checks: Check[] }>('/health/details'),
    staleTime: 0,
  });
  const jobs = useInfiniteQuery({
    queryKey: ['jobs'],
    queryFn: ({ pageParam }) =>
      get<{ items: Job[]; nextCursor: string | null }>('/jobs', pageParam ? { cursor: pageParam } : {}),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: EVERY_MS,
    staleTime: 0,
  });
  const listed = jobs.data?.pages.flatMap((page) => page.items);
  const act = async (job: Job, action: 'retry' | 'cancel') => {
    await post(`/jobs/${job.id}/${action}`).catch(toastError);
    await queryClient.invalidateQueries({ queryKey: ['jobs'] });
  };
  const checkName = (check: Check) =>
    check.label ?? (i18n.exists(`check.${check.name}`) ? t(`check.${check.name}`) : check.name);
  const error = health.error ?? jobs.error;
  return (
    <>
      <h1 tabIndex={-1}>{t('admin.system')}</h1>
      {error && <p className="form-error">{messageOf(error)}</p>}
      <section className="card">
        <header>
          <h2>{t('system.health')}</h2>
        </header>
        <ul className="admin-list">
          {health.data?.checks.map((check) => (
            <li key={check.name}>
              <span className={`tag ${check.ok ? 'song' : 'zhu'}`}>
                {t(check.ok ? 'system.good' : 'system.bad')}
              </span>
              <b>{checkName(check)}</b>
              <span className="quiet">{check.detail}</span>
            </li>
          ))}
        </ul>
      </section>
      <section className="card scroll-x">
        <header>
          <h2>{t('system.jobs')}</h2>
        </header>
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t('system.job')}</th>
              <th>{t('import.state')}</th>
              <th>{t('system.progress')}</th>
              <th>{t('system.by')}</th>
              <th>{t('import.when')}</th>
              <th>
                <span className="sr">{t('more')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {listed?.map((job) => (
              <tr key={job.id}>
                <td>{job.label ?? job.name}</td>
                <td>
                  <span className={`tag ${COLOUR[job.state] ?? ''}`}>{t(`jobState.${job.state}`)}</span>{' '}
                  {job.error && typeof job.error === 'object' && (
                    <small className="quiet">{job.error.detail}</small>
                  )}
                </td>
                <td>
                  {job.progress?.total
                    ? t('job.count', { done: job.progress.done, total: job.progress.total })
                    : (job.progress?.done || 0) > 0 && job.progress?.done.toLocaleString()}
                </td>
                <td>{job.createdBy?.title ?? t('changes.system')}</td>
                <td className="nowrap">{job.createdAt && instantText(job.createdAt)}</td>
                <td className="num">
                  {(job.state === 'failed' || job.state === 'cancelled') && (
                    <button type="button" className="link" onClick={() => void act(job, 'retry')}>
                      {t('system.retry')}
                    </button>
                  )}
                  {(job.state === 'running' || job.state === 'queued') && (
                    <button type="button" className="link danger" onClick={() => void act(job, 'cancel')}>
                      {t('system.cancel')}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {jobs.hasNextPage && (
          <Button
            block
            type="text"
            loading={jobs.isFetchingNextPage}
            onClick={() => void jobs.fetchNextPage()}
          >
            {t('timeline.more')}
          </Button>
        )}
        {listed?.length === 0 && <p className="quiet pad-text">{t('system.noJobs')}</p>}
      </section>
    </>
  );
}

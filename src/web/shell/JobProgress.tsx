import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';
import type { JobState } from '../api/types.ts';

/** Follows a job by live updates, and by asking every second where those do not arrive. */
export function useJob(id: string | null) {
  return useQuery({
    queryKey: ['job', id],
    queryFn: () => get<JobState>(`/jobs/${id}`),
    enabled: !!id,
    refetchInterval: ({ state }) => (ended(state.data) ? false : 1_000),
    staleTime: 0,
  });
}

const ENDED = ['done', 'failed', 'cancelled'];
const ended = (job: JobState | undefined) => !!job && ENDED.includes(job.state);

const errorOf = (job: JobState): string =>
  typeof job.error === 'string' ? job.error : (job.error?.detail ?? job.error?.message ?? '');

interface Props {
  id: string;
  onDone?: (job: JobState) => void;
  onFailed?: (job: JobState) => void;
}

export function JobProgress({ id, onDone, onFailed }: Props) {
  const { t } = useTranslation();
  const { data: job } = useJob(id);
  const told = useRef(false);
  useEffect(() => {
    if (!job || !ended(job) || told.current) return;
    told.current = true;
    if (job.state === 'done') onDone?.(job);
    else onFailed?.(job);
  }, [job, onDone, onFailed]);
  if (job?.state === 'failed')
    return (
      <p className="form-error" role="alert">
        {t('job.failed')} {errorOf(job)}
      </p>
    );
  return (
    <Bar done={job?.progress?.done ?? 0} total={job?.progress?.total ?? null} note={job?.progress?.note} />
  );
}

/** A progress bar with its numbers; without a total it only says that work goes on. */
export function Bar({
  done,
  total,
  note,
}: {
  done: number;
  total: number | null;
  note?: string | undefined;
}) {
  const { t } = useTranslation();
  const share = total ? Math.min(1, done / total) : null;
  return (
    <div>
      <progress
        className="bar"
        aria-label={t('job.progress')}
        {...(share === null ? {} : { value: share, max: 1 })}
      />
      <p className="quiet">
        {note ??
          (total
            ? t('job.count', { done: done.toLocaleString(), total: total.toLocaleString() })
            : t('job.working'))}
      </p>
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, messageOf, post } from '../../../web/api/client.ts';
import type { Filter, JobState, MetaEntity } from '../../../web/api/types.ts';
import { useDebounced } from '../../../web/shell/hooks.ts';
import { toastError } from '../../../web/shell/toasts.tsx';
import { totalText, usePreview } from './api.ts';
import { Said } from './Said.tsx';

const TYPING_MS = 350;

/** How many the conditions take in as they stand, and some of them. */
export function PreviewCard({ entity, definition }: { entity: MetaEntity; definition: Filter | null }) {
  const { t } = useTranslation();
  const asked = useDebounced(JSON.stringify(definition), TYPING_MS);
  const { data, error, isFetching } = usePreview(entity.name, asked);
  return (
    <aside className="card segment-preview" aria-busy={isFetching}>
      <h2>{t('segments.preview')}</h2>
      {definition && <Said entity={entity} definition={definition} />}
      <div role="status">
        {asked === 'null' ? (
          <p className="quiet">{t('segments.nothingYet')}</p>
        ) : error ? (
          <p className="segment-bad">{messageOf(error)}</p>
        ) : data ? (
          <p className="segment-total">
            <b>{totalText(data)}</b> {entity.label}
          </p>
        ) : (
          <p className="quiet">{t('loading')}</p>
        )}
      </div>
      {data && !error && asked !== 'null' && (
        <>
          {!data.totalIsExact && <ExactCount key={asked} entity={entity.name} definition={asked} />}
          {!data.indexed && <p className="quiet">{t('segments.slow')}</p>}
          <ul className="segment-sample">
            {data.sample.map(({ id, title }) => (
              <li key={id}>
                <Link to="/r/$plural/$id" params={{ plural: entity.plural, id }}>
                  {title}
                </Link>
              </li>
            ))}
          </ul>
          <p className="quiet">{t('segments.took', { ms: data.ms })}</p>
        </>
      )}
    </aside>
  );
}

const LOOK_MS = 700;

/** Counting on beyond 10,000 is a job. */
function ExactCount({ entity, definition }: { entity: string; definition: string }) {
  const { t } = useTranslation();
  const [jobId, setJobId] = useState('');
  const { data: job } = useQuery({
    queryKey: ['job', jobId],
    queryFn: () => get<JobState>(`/jobs/${jobId}`),
    enabled: jobId !== '',
    refetchInterval: ({ state }) =>
      state.data?.state === 'queued' || state.data?.state === 'running' ? LOOK_MS : false,
  });
  const start = () =>
    post<{ jobId: string }>('/segments/count', { entity, definition: JSON.parse(definition) }).then(
      (answer) => setJobId(answer.jobId),
      toastError,
    );
  const count = (job?.result as { count?: number } | undefined)?.count;
  if (count !== undefined) return <p>{t('segments.exactly', { count: count.toLocaleString() })}</p>;
  if (job?.state === 'failed') return <p className="segment-bad">{t('segments.notCounted')}</p>;
  return (
    <button type="button" className="link" disabled={jobId !== ''} onClick={() => void start()}>
      {t(jobId ? 'segments.counting' : 'segments.countExactly')}
    </button>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, messageOf } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import type { ImportJob, ImportRow } from './api.ts';
import { CheckNotes } from './CheckNotes.tsx';

const OUTCOMES = ['failed', 'skipped', 'updated', 'created'] as const;
type Outcome = (typeof OUTCOMES)[number];

const CELLS = 4;

/** How many rows came out how, and each of them with its reason. */
export function Outcomes({ job, planned }: { job: ImportJob; planned: boolean }) {
  const { t } = useTranslation();
  const counts = job.counts;
  const first = OUTCOMES.find((name) => counts?.[name]) ?? 'created';
  const [chosen, setChosen] = useState<Outcome | null>(null);
  const outcome = chosen ?? first;
  if (!counts) return null;
  return (
    <>
      <div className="outcomes" role="tablist" aria-label={t('import.outcomes')}>
        {OUTCOMES.toReversed().map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={outcome === name}
            className={`card outcome ${name} ${counts[name] ? '' : 'zero'}`}
            onClick={() => setChosen(name)}
          >
            <b>{counts[name].toLocaleString()}</b>
            {t(planned ? `import.will.${name}` : `import.did.${name}`)}
          </button>
        ))}
      </div>
      {job.state !== 'undone' && <CheckNotes job={job} planned={planned} />}
      <Rows key={`${job.state}.${outcome}`} job={job} outcome={outcome} />
    </>
  );
}

function Rows({ job, outcome }: { job: ImportJob; outcome: Outcome }) {
  const { t } = useTranslation();
  const entity = useMeta().entity(job.entity);
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['import-rows', job.id, job.state, outcome],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      get<{ items: ImportRow[]; nextCursor: string | null }>(`/imports/${job.id}/rows`, {
        outcome,
        cursor: pageParam,
      }),
    getNextPageParam: (last) => last.nextCursor,
  });
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  // What an undone import had made is gone; a record that was kept is told by its title.
  const there = (row: ImportRow) => !!row.recordId && (job.state !== 'undone' || !!row.title);
  if (error) return <p className="form-error">{messageOf(error)}</p>;
  if (data && rows.length === 0) return <p className="quiet pad-text">{t('import.noRows')}</p>;
  return (
    <section className="card scroll-x">
      <table className="plain-table outcome-rows">
        <thead>
          <tr>
            <th className="num">{t('import.row')}</th>
            <th>{entity?.label}</th>
            <th>{t('import.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              <td className="num">{row.line}</td>
              <td>
                {row.recordId && entity && there(row) ? (
                  <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: row.recordId }}>
                    {row.title ?? t('import.open')}
                  </Link>
                ) : (
                  (row.title ?? row.cells?.filter(Boolean).slice(0, CELLS).join(' · '))
                )}
              </td>
              <td>
                {row.reasons.map((reason) => (
                  <div key={reason.message}>{reason.message}</div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <Button block type="text" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('timeline.more')}
        </Button>
      )}
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, messageOf, post } from '../../../web/api/client.ts';
import type { JobState, ListAnswer } from '../../../web/api/types.ts';
import { useDebounced } from '../../../web/shell/hooks.ts';
import { JobProgress } from '../../../web/shell/JobProgress.tsx';
import { toastError } from '../../../web/shell/toasts.tsx';
import { type Asked, gradeName, type Move, nameOf, useTried } from './api.ts';

const TYPING_MS = 400;
const SHOWN = 8;

/** What the rules make of the customers last changed, at once; and of all of them, as a job. */
export function PreviewPanel({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const text = useDebounced(JSON.stringify(asked), TYPING_MS);
  const { data, error, isFetching } = useTried(text);
  const { grades } = asked.definition;
  const total = data?.items.length ?? 0;
  return (
    <aside className="card pad grade-preview" aria-busy={isFetching}>
      <h2>{t('grades.tried', { count: total })}</h2>
      {error ? (
        <p className="grade-problem" role="status">
          {messageOf(error)}
          <Details error={error} />
        </p>
      ) : (
        data && (
          <>
            <ul className="grade-bars">
              {grades.map(({ value, label, color }) => (
                <li key={value}>
                  <span className={`tag ${color ?? ''}`}>{nameOf(label)}</span>
                  <span className="grade-bar" aria-hidden>
                    <span
                      className={color ?? 'plain'}
                      style={{ width: `${((data.counts[value] ?? 0) / Math.max(1, total)) * 100}%` }}
                    />
                  </span>
                  <span>{data.counts[value] ?? 0}</span>
                </li>
              ))}
            </ul>
            <ul className="grade-samples">
              {data.items
                .toSorted((a, b) => Number(b.from !== b.to) - Number(a.from !== a.to))
                .slice(0, SHOWN)
                .map((item) => (
                  <li key={item.id}>
                    <Link to="/r/$plural/$id" params={{ plural: 'customers', id: item.id }}>
                      {item.title}
                    </Link>
                    <span className="quiet">
                      {item.from !== item.to && item.from !== null && `${gradeName(grades, item.from)} → `}
                      {gradeName(grades, item.to)}
                      {item.score !== null && ` ${item.score}`}
                    </span>
                  </li>
                ))}
            </ul>
          </>
        )
      )}
      <WholePreview key={text} asked={text} grades={grades} disabled={error !== null} />
    </aside>
  );
}

/** Each place that cannot be understood. */
function Details({ error }: { error: Error }) {
  const errors = (error as { problem?: { errors?: { path: string; message: string }[] } }).problem?.errors;
  return errors?.map(({ path, message }) => <small key={path + message}>{message}</small>);
}

function WholePreview({
  asked,
  grades,
  disabled,
}: {
  asked: string;
  grades: Asked['definition']['grades'];
  disabled: boolean;
}) {
  const { t } = useTranslation();
  const [job, setJob] = useState<string | null>(null);
  const [moves, setMoves] = useState<Move[] | null>(null);
  const start = async () => {
    try {
      setJob((await post<{ jobId: string }>('/grades/preview', JSON.parse(asked))).jobId);
    } catch (error) {
      toastError(error);
    }
  };
  const done = (finished: JobState) => setMoves((finished.result as { moves: Move[] }).moves);
  if (moves) return <Matrix moves={moves} grades={grades} />;
  if (job) return <JobProgress id={job} onDone={done} />;
  return (
    <>
      <p className="quiet">{t('grades.wholeText')}</p>
      <button type="button" className="button" disabled={disabled} onClick={() => void start()}>
        {t('grades.whole')}
      </button>
    </>
  );
}

/** From which grade to which, over all; a press shows some of them. */
function Matrix({ moves, grades }: { moves: Move[]; grades: Asked['definition']['grades'] }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Move | null>(null);
  const order = [...grades.map(({ value }) => value as string | null), null];
  const rows = [...new Set([...order, ...moves.map(({ from }) => from)])].filter((from) =>
    moves.some((move) => move.from === from),
  );
  const columns = order.filter((to) => moves.some((move) => move.to === to));
  const name = (value: string | null) => (value === null ? t('grades.noGrade') : gradeName(grades, value));
  return (
    <div className="scroll-x">
      <table className="plain-table grade-matrix">
        <thead>
          <tr>
            <th>{t('grades.fromTo')}</th>
            {columns.map((to) => (
              <th key={to} className="num">
                {name(to)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((from) => (
            <tr key={from}>
              <th>{name(from)}</th>
              {columns.map((to) => {
                const move = moves.find((each) => each.from === from && each.to === to);
                return (
                  <td key={to} className={`num ${from === to ? 'same' : ''}`}>
                    {move && (
                      <button type="button" className="link" onClick={() => setShown(move)}>
                        {move.count.toLocaleString()}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {shown && <Samples key={shown.samples.join()} ids={shown.samples} />}
      <p className="quiet">{t('grades.fallsWait')}</p>
    </div>
  );
}

function Samples({ ids }: { ids: string[] }) {
  const filter = { field: 'id', op: 'in', value: ids };
  const { data } = useQuery({
    queryKey: ['grades', 'samples', ids],
    queryFn: () => get<ListAnswer>('/customers', { filter, limit: ids.length }),
  });
  return (
    <ul className="grade-samples">
      {data?.items.map((item) => (
        <li key={item.id}>
          <Link to="/r/$plural/$id" params={{ plural: 'customers', id: item.id }}>
            {item.title}
          </Link>
        </li>
      ))}
    </ul>
  );
}

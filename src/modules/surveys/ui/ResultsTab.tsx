import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { url } from '../../../web/api/client.ts';
import { FailedPage } from '../../../web/shell/StatusPage.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import { LEAST_ANONYMOUS, type QuestionResult, type Results } from '../results/results.shared.ts';
import { promoterScore } from '../survey/question.shared.ts';
import { useResults } from './api.ts';
import { Sheets } from './Sheets.tsx';
import './surveys.css';

/** What a survey brought, question by question. */
export function ResultsTab({ record }: SlotProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useResults(record);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return null;
  if (data.answers === 0)
    return <p className="card-body quiet">{t(`surveys.none.${String(record.status)}`)}</p>;
  return (
    <div className="survey-results">
      <p className="survey-head">
        <Count id={record.id} data={data} />
        <span className="fill" />
        {data.mayExport && !data.tooFew && (
          <a className="button" href={url(`/surveys/${record.id}/results/file`)} download>
            {t('surveys.export')}
          </a>
        )}
      </p>
      {data.tooFew ? (
        <p className="quiet">{t('surveys.tooFew', { count: LEAST_ANONYMOUS })}</p>
      ) : (
        <>
          <ol>
            {data.questions.map((question) => (
              <Question key={question.id} question={question} />
            ))}
          </ol>
          <Sheets survey={record} />
        </>
      )}
    </div>
  );
}

/** Answers that are somebody's can be looked at one by one. */
function Count({ id, data: { answers, anonymous } }: { id: string; data: Results }) {
  const { t } = useTranslation();
  const words = t('surveys.answers', { count: answers });
  if (anonymous) return <b>{words}</b>;
  const filter = { field: 'survey', op: 'eq' as const, value: id };
  return (
    <Link to="/r/$plural" params={{ plural: 'survey-answers' }} search={{ filter }}>
      {words}
    </Link>
  );
}

function Question({ question }: { question: QuestionResult }) {
  const { t } = useTranslation();
  const { text, kind, replies, counts, words } = question;
  const most = Math.max(...counts.map(({ count }) => count), 1);
  return (
    <li>
      <h3>{text}</h3>
      <p className="quiet">
        {[t('surveys.replies', { count: replies }), ...figuresOf(question, t)].join(' · ')}
      </p>
      {counts.length > 0 && (
        <table className={kind === 'nps' ? 'promoters' : ''}>
          <tbody>
            {counts.map(({ value, count }) => (
              <tr key={value} data-mark={value}>
                <th scope="row">{value}</th>
                <td className="measure" aria-hidden>
                  <span style={{ width: `${(count / most) * 100}%` }} />
                </td>
                <td className="num">
                  {count} <small>{replies ? `${Math.round((count / replies) * 100)}%` : ''}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {words.length > 0 && (
        <ul className="said">
          {words.map((said, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: words may be said twice and never move
            <li key={at}>{said}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

type Say = (key: string, params?: Record<string, unknown>) => string;

function figuresOf({ kind, counts, average, median, lowest, highest }: QuestionResult, t: Say): string[] {
  if (kind === 'nps') {
    const score = promoterScore(counts);
    return score === null ? [] : [t('surveys.nps', { score })];
  }
  if (average === null || (kind !== 'scale' && kind !== 'number')) return [];
  const mean = t('surveys.average', { value: Number(average) });
  return kind === 'scale'
    ? [mean]
    : [
        mean,
        t('surveys.median', { value: Number(median) }),
        t('surveys.range', { from: Number(lowest), to: Number(highest) }),
      ];
}

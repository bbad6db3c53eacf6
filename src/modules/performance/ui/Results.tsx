import { Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { groupDigits } from '../../../web/fields/format.ts';
import { useFirst } from '../../../web/grid/First.tsx';
import { RecordsDrawer } from '../../../web/grid/RecordsDrawer.tsx';
import type { Assessment, ShownResult, ShownScore } from '../assessment/read.ts';
import { EmptyCard } from './Parts.tsx';

interface Props {
  data: Assessment;
  scores: ReadonlyMap<string, string>;
  onScores(scores: ReadonlyMap<string, string>): void;
  onAnswer(result: ShownResult): void;
}

/** Everybody's scores, best first; what is judged can be written where one is the superior. */
export function Results({ data, scores, onScores, onAnswer }: Props) {
  const { t } = useTranslation();
  const [first, more] = useFirst(data.results);
  const [behind, setBehind] = useState<{ title: string; asked: Record<string, unknown> } | null>(null);
  const { scheme, startsOn } = data;
  const { indicators } = data.definition;
  if (data.results.length === 0) return <EmptyCard title={t('perf.nobody')} text={t('perf.nobodyText')} />;
  return (
    <section className="card perf-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('perf.person')}</th>
            {indicators.map(({ key, name, weight }) => (
              <th key={key} scope="col">
                {name} <small className="quiet">{weight}%</small>
              </th>
            ))}
            <th scope="col">{t('perf.total')}</th>
            <th scope="col">{t('perf.state')}</th>
          </tr>
        </thead>
        <tbody>
          {first.map((result) => (
            <tr key={result.person} className={result.mine ? 'mine' : undefined}>
              <th scope="row">
                <span className="perf-rank">{result.rank}</span> {result.name}
              </th>
              {result.scores.map((score) => {
                const key = `${result.person}/${score.key}`;
                const indicator = indicators.find((each) => each.key === score.key);
                const name = indicator?.name ?? score.name;
                return (
                  <td key={score.key} data-label={name}>
                    {score.kind === 'judged' && result.judged && !data.lockedAt ? (
                      <input
                        className="perf-score"
                        inputMode="decimal"
                        aria-label={`${result.name} ${name}`}
                        placeholder={t('perf.judge')}
                        value={scores.get(key) ?? score.score ?? ''}
                        onChange={(event) => onScores(new Map([...scores, [key, event.target.value]]))}
                      />
                    ) : (
                      <Value
                        score={score}
                        onOpen={(measure) =>
                          setBehind({
                            title: `${result.name} · ${name}`,
                            asked: {
                              measure,
                              period: scheme.period,
                              startsOn,
                              person: result.person,
                              ...(indicator?.product ? { product: indicator.product } : {}),
                              ...(indicator?.category ? { category: indicator.category } : {}),
                            },
                          })
                        }
                      />
                    )}
                  </td>
                );
              })}
              <td data-label={t('perf.total')}>
                <strong>{result.total}</strong> {result.level && <span className="tag">{result.level}</span>}
              </td>
              <td data-label={t('perf.state')}>
                <State result={result} onAnswer={onAnswer} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
      {behind && <RecordsDrawer {...behind} path="/performance/records" onClose={() => setBehind(null)} />}
    </section>
  );
}

/** A score; pointed at it says what it was worked out from, pressed it shows the records. */
function Value({ score, onOpen }: { score: ShownScore; onOpen(measure: string): void }) {
  const { t } = useTranslation();
  const number = (amount: string | null) => (amount === null ? '–' : groupDigits(amount));
  if (score.kind === 'judged') {
    const value = score.score ?? <span className="quiet">{t('perf.notJudged')}</span>;
    return score.note ? <Tooltip title={score.note}>{value}</Tooltip> : value;
  }
  const why = score.measure
    ? t('perf.why', { actual: number(score.actual), target: number(score.target) })
    : score.formula;
  return (
    <Tooltip title={[why, score.problem?.text].filter(Boolean).join(' ')}>
      {score.problem ? (
        <span className="late">
          {score.score} <small>{score.problem.text}</small>
        </span>
      ) : score.measure && score.actual !== null ? (
        <button type="button" className="link" onClick={() => onOpen(score.measure ?? '')}>
          {score.score}
        </button>
      ) : (
        <span>{score.score}</span>
      )}
    </Tooltip>
  );
}

function State({ result, onAnswer }: { result: ShownResult; onAnswer(result: ShownResult): void }) {
  const { t } = useTranslation();
  const { state, reason, answer } = result;
  if (!state) return null;
  const words = [reason, answer].filter(Boolean).join(' → ');
  return (
    <>
      <Tooltip title={words}>
        <span className={state === 'appealed' ? 'tag zhu' : state === 'confirmed' ? 'tag song' : 'tag'}>
          {t(`perf.state.${state}`)}
        </span>
      </Tooltip>
      {state === 'appealed' && result.judged && (
        <button type="button" className="link" onClick={() => onAnswer(result)}>
          {t('perf.answer')}
        </button>
      )}
    </>
  );
}

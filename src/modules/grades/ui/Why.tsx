import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter, MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { dayOf } from '../../../web/fields/format.ts';
import { filterWords } from '../../../web/list/terms.ts';
import { useNames } from '../../../web/list/useNames.ts';
import type { CardChange, SchemeCard } from '../grade/card.shared.ts';
import type { MeasureTerm, ScoreTerm } from '../scheme/definition.shared.ts';
import { gradeName, useMeasures } from './api.ts';
import { LockForm } from './LockForm.tsx';
import { measureWords, sourceWords } from './words.ts';

interface Props {
  entity: MetaEntity;
  record: WireRecord;
  scheme: SchemeCard;
  mayLock: boolean;
  close: () => void;
}

/** Why a customer has its grade: what decided, what is ahead, who holds it, and what it was before. */
export function Why({ entity, record, scheme, mayLock, close }: Props) {
  const { t } = useTranslation();
  const [holding, setHolding] = useState(false);
  const name = (value: string | null) => gradeName(scheme.grades, value);
  const decided = scheme.changes.find(({ readings }) => readings.length > 0);
  return (
    <div className="grade-why">
      <h3>
        {scheme.name} · {name(scheme.grade)}
        {scheme.score !== null && (
          <span className="quiet"> {t('grades.points', { score: scheme.score })}</span>
        )}
      </h3>
      {scheme.since && <p className="quiet">{t('grades.since', { day: dayOf(scheme.since) })}</p>}
      {scheme.problem && <p className="grade-problem">{t('grades.problem', { reason: scheme.problem })}</p>}
      {scheme.falling && (
        <p className="grade-problem">
          {t('grades.fallsOn', { day: scheme.falling.on, grade: name(scheme.falling.to) })}
        </p>
      )}
      {scheme.lock && (
        <p>
          🔒{' '}
          {t(scheme.lock.until ? 'grades.heldUntil' : 'grades.held', {
            by: scheme.lock.by ?? '—',
            until: scheme.lock.until,
            reason: scheme.lock.reason,
          })}
        </p>
      )}
      {decided && <Readings entity={entity} change={decided} />}
      <h4>{t('grades.history')}</h4>
      <ul className="grade-history">
        {scheme.changes.map((change) => (
          <li key={change.at + change.cause}>
            <time className="quiet">{dayOf(change.at)}</time>{' '}
            {change.from !== null && change.from !== change.to && `${name(change.from)} → `}
            {name(change.to)}{' '}
            <span className="quiet">
              {t(`grades.cause.${change.cause}`)}
              {change.by && ` · ${change.by}`}
              {change.note && ` · ${change.note}`}
            </span>
          </li>
        ))}
      </ul>
      {mayLock &&
        (holding ? (
          <LockForm record={record} scheme={scheme} close={close} />
        ) : (
          <button type="button" className="link" onClick={() => setHolding(true)}>
            {scheme.lock ? t('grades.unlockOrChange') : t('grades.lock')}
          </button>
        ))}
    </div>
  );
}

function Readings({ entity, change }: { entity: MetaEntity; change: CardChange }) {
  const { t } = useTranslation();
  const { data: measures = [] } = useMeasures();
  const terms = change.readings.map(({ term }) => term);
  const filters = terms.filter(
    (term): term is Filter =>
      typeof term === 'object' && term !== null && ('field' in term || 'related' in term),
  );
  const names = useNames(entity, { and: filters });
  const words = (term: unknown): string => {
    if (typeof term !== 'object' || term === null) return '—';
    if ('source' in term) return sourceWords(entity, (term as ScoreTerm).source, measures);
    if ('measure' in term) return measureWords((term as MeasureTerm).measure, measures);
    return filterWords(entity, term as Filter, names);
  };
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t('grades.what')}</th>
          <th className="num">{t('grades.value')}</th>
          {change.score !== null && <th className="num">{t('grades.pointsHead')}</th>}
        </tr>
      </thead>
      <tbody>
        {change.readings.map((reading, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one decision never change
          <tr key={at}>
            <td>{words(reading.term)}</td>
            <td className="num">{valueWords(reading.value)}</td>
            {change.score !== null && <td className="num">{reading.points}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const valueWords = (value: unknown): string =>
  value === null || value === undefined
    ? '—'
    : typeof value === 'number'
      ? value.toLocaleString()
      : String(value);

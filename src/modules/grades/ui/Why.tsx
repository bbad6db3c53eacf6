import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { dayOf } from '../../../web/fields/format.ts';
import type { SchemeCard } from '../grade/card.shared.ts';
import { gradeName } from './api.ts';
import { LockForm } from './LockForm.tsx';
import { Readings } from './Readings.tsx';

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
  const last = scheme.changes.find(({ part }) => part === null);
  const decided = scheme.changes.find(({ readings, part }) => readings.length > 0 && part === null);
  const rest = last?.rest === true && last.to === scheme.grade;
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
      {rest && <p>{t('grades.restWhy')}</p>}
      {decided && !rest && (
        <Readings entity={entity} readings={decided.readings} scored={decided.score !== null} />
      )}
      <h4>{t('grades.history')}</h4>
      <ul className="grade-history">
        {scheme.changes.map((change) => (
          <li key={change.at + change.cause + (change.part ?? '')}>
            <time className="quiet">{dayOf(change.at)}</time>{' '}
            {change.from !== null && change.from !== change.to && `${name(change.from)} → `}
            {name(change.to)}{' '}
            <span className="quiet">
              {t(`grades.cause.${change.cause}`)}
              {change.by && ` · ${change.by}`}
              {change.note && ` · ${change.note}`}
              {change.part && ` · ${t('grades.part', { name: change.part })}`}
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

import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Filter, WireRecord } from '../../../web/api/types.ts';
import { nameOf, useDistribution } from './api.ts';

/** Customers by grade as bars; those of the main scheme lead to their list. */
export function Distribution({ scheme }: { scheme: WireRecord }) {
  const { t } = useTranslation();
  const { data } = useDistribution(scheme.id, scheme.gradedAt);
  if (!data) return <p className="quiet">{t('loading')}</p>;
  const most = Math.max(1, ...data.map(({ count }) => count));
  return (
    <ul className="grade-bars">
      {data.map(({ value, label, color, count, falling }) => (
        <li key={value}>
          <span className={`tag ${color ?? ''}`}>{nameOf(label)}</span>
          <span className="grade-bar" aria-hidden>
            <span className={color ?? 'plain'} style={{ width: `${(count / most) * 100}%` }} />
          </span>
          {scheme.main === true ? (
            <Link to="/r/$plural" params={{ plural: 'customers' }} search={{ filter: ofGrade(value) }}>
              {t('grades.count', { count, text: count.toLocaleString() })}
            </Link>
          ) : (
            <span>{t('grades.count', { count, text: count.toLocaleString() })}</span>
          )}
          <span className="quiet">{falling > 0 && t('grades.fallingCount', { count: falling })}</span>
        </li>
      ))}
    </ul>
  );
}

const ofGrade = (value: string): Filter => ({ and: [{ field: 'grade', op: 'in', value: [value] }] });

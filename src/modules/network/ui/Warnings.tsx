import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { shortInstant } from '../../../web/fields/format.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { useCoverage } from './api.ts';
import './network.css';

/** Where the relation stands on weak feet; each warning says why, and leads to all customers with the same. */
export function Warnings({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useCoverage(record.id);
  if (!data?.warnings.length) return null;
  const why = {
    days: data.silentDays,
    people: data.people,
    last: data.lastContactAt ? shortInstant(data.lastContactAt) : t('warnings.never'),
  };
  return (
    <ul className="warnings" aria-label={t('warnings.title')}>
      {data.warnings.map((name) => (
        <li key={name} className={`tag ${SEVERE.has(name) ? 'zhu' : 'teng'}`}>
          <Link
            to="/r/$plural"
            params={{ plural: entity.plural }}
            search={{ filter: { and: [{ field: 'coverage', op: 'in', value: [name] }] } }}
            title={t('warnings.all')}
          >
            {t(`warnings.${name}`)}
          </Link>
          <span>{t(`warnings.why.${name}`, why)}</span>
        </li>
      ))}
    </ul>
  );
}

const SEVERE = new Set(['championLeft', 'noDecider', 'nobody']);

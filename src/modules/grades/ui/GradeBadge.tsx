import { useTranslation } from 'react-i18next';
import { Pop } from '../../../web/shell/Pop.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import { gradeName, useCard } from './api.ts';
import { Why } from './Why.tsx';
import './grades.css';

/** The grades of a customer beside its name; pressed, each says why. */
export function GradeBadge({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useCard(record.id);
  if (!data) return null;
  return (
    <>
      {data.schemes.map((scheme) => {
        const color = scheme.grades.find(({ value }) => value === scheme.grade)?.color;
        return (
          <Pop
            key={scheme.id}
            className="grade-pop"
            label={t('grades.whyOf', { name: scheme.name })}
            trigger={(props) => (
              <button type="button" className={`tag grade-badge ${color ?? ''}`} {...props}>
                {gradeName(scheme.grades, scheme.grade)}
                {scheme.lock && <span title={t('grades.locked')}> 🔒</span>}
                {scheme.falling && <span title={t('grades.falling')}> ↓</span>}
                {scheme.problem && <span title={scheme.problem}> !</span>}
              </button>
            )}
          >
            {(close) => <Why {...{ entity, record, scheme }} mayLock={data.mayLock} close={close} />}
          </Pop>
        );
      })}
    </>
  );
}

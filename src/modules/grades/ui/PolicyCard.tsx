import { useTranslation } from 'react-i18next';
import type { SlotProps } from '../../../web/slots.ts';
import type { GradePolicy } from '../scheme/definition.shared.ts';
import { gradeName, useCard } from './api.ts';
import './grades.css';

/** How the customer is to be served by its grade in the main scheme. */
export function PolicyCard({ record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useCard(record.id);
  const main = data?.schemes.find((scheme) => scheme.main);
  if (!main?.grade) return null;
  const lines = linesOf(main.policy, t);
  if (lines.length === 0) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('grades.service')}</h2>
        <span className="quiet">{gradeName(main.grades, main.grade)}</span>
      </header>
      <dl className="card-body grade-policy">
        {lines.map(([label, text]) => (
          <div key={label}>
            <dt className="quiet">{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const HOUR = 60;

/** Whole hours as hours. */
function responseText(t: Say, minutes: number, clock: 'Clock' | 'Business'): string {
  const hours = minutes / HOUR;
  return Number.isInteger(hours)
    ? t(`grades.hours.${clock}`, { count: hours })
    : t(`grades.minutes.${clock}`, { count: minutes });
}

type Say = (key: string, params?: Record<string, unknown>) => string;

function linesOf(policy: GradePolicy, t: Say): [string, string][] {
  const { visitDays, contactDays, responseMinutes, responseClock, discountPercent, careLevel } = policy;
  const lines: [string, string | undefined][] = [
    [t('grades.visit'), visitDays === undefined ? undefined : t('grades.everyDays', { count: visitDays })],
    [
      t('grades.contact'),
      contactDays === undefined ? undefined : t('grades.everyDays', { count: contactDays }),
    ],
    [
      t('grades.response'),
      responseMinutes === undefined
        ? undefined
        : responseText(t, responseMinutes, responseClock === 'clock' ? 'Clock' : 'Business'),
    ],
    [
      t('grades.discount'),
      discountPercent === undefined ? undefined : t('grades.upTo', { percent: discountPercent }),
    ],
    [t('grades.care'), careLevel && t(`grades.careLevel.${careLevel}`)],
  ];
  return lines.filter((line): line is [string, string] => line[1] !== undefined);
}

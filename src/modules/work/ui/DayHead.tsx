import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBirthday } from '../../../platform/time/birthday-words.shared.ts';
import { currentLanguage } from '../../../web/i18n/index.ts';
import type { Today } from './api.ts';

const weekday = (day: string) =>
  new Intl.DateTimeFormat(currentLanguage() === 'zh' ? 'zh-CN' : 'en', {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(Date.parse(`${day}T00:00:00Z`));

/** The day with its weekday, its lunar date, and the next day that is worked or free against its weekday. */
export function DayHead({ today, children }: { today: Today; children?: ReactNode }) {
  const { t } = useTranslation();
  const { lunar, moved } = today;
  const zh = currentLanguage() === 'zh';
  const parts = [
    weekday(today.day),
    zh ? formatBirthday({ ...lunar, calendar: 'lunar', year: null }, 'zh') : null,
    moved
      ? t(moved.working ? 'today.movedWork' : 'today.movedRest', {
          count: moved.days,
          date: moved.date.slice(5),
        })
      : null,
  ];
  return (
    <div className="head">
      <h1 tabIndex={-1}>{t('today.title')}</h1>
      <span className="quiet">{parts.filter(Boolean).join(' · ')}</span>
      <span className="fill" />
      {children}
    </div>
  );
}

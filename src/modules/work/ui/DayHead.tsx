import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../web/i18n/index.ts';
import type { Today } from './api.ts';

const MONTHS = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];
const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** The lunar day as people write it: 初十, 十四, 廿三. */
function lunarDay(day: number): string {
  if (day <= 10) return `初${DIGITS[day]}`;
  if (day < 20) return `十${DIGITS[day - 10]}`;
  if (day === 20) return '二十';
  return day === 30 ? '三十' : `廿${DIGITS[day - 20]}`;
}

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
    zh ? `${lunar.leap ? '闰' : ''}${MONTHS[lunar.month - 1]}月${lunarDay(lunar.day)}` : null,
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

import type { Language } from '../i18n/translations.ts';

export const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const two = (value: number) => String(value).padStart(2, '0');

/** A date in lists and forms: `2024-03-05`, in English `Mar 5, 2024`. */
export function formatDate(date: string, language: Language): string {
  const { year, month, day } = Temporal.PlainDate.from(date);
  return language === 'zh' ? `${year}-${two(month)}-${two(day)}` : `${MONTHS[month - 1]} ${day}, ${year}`;
}

/** A date in running text: `2024年3月5日`. */
export function formatLongDate(date: string, language: Language): string {
  const { year, month, day } = Temporal.PlainDate.from(date);
  return language === 'zh' ? `${year}年${month}月${day}日` : formatDate(date, language);
}

/** An instant in the reader's zone: `2024-03-05 14:30`, in English `Mar 5, 2024 14:30`. */
export function formatInstant(instant: string, language: Language, zone: string): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  return `${formatDate(local.toPlainDate().toString(), language)} ${two(local.hour)}:${two(local.minute)}`;
}

const NEAR: Record<Language, Record<number, string>> = {
  zh: { [-2]: '前天', [-1]: '昨天', 0: '今天', 1: '明天', 2: '后天' },
  en: { [-1]: 'Yesterday', 0: 'Today', 1: 'Tomorrow' },
};

/** A date near today by its name, in this year without the year: `明天`, `3月5日`, `2023-03-05`. */
export function formatNearDate(date: string, language: Language, today: string): string {
  const day = Temporal.PlainDate.from(date);
  const from = Temporal.PlainDate.from(today);
  const name = NEAR[language][from.until(day, { largestUnit: 'day' }).days];
  if (name !== undefined) return name;
  if (day.year !== from.year) return formatDate(date, language);
  return language === 'zh' ? `${day.month}月${day.day}日` : `${MONTHS[day.month - 1]} ${day.day}`;
}

/** An instant as timelines show it: `今天 14:30`, `3月5日 14:30`, `2023-03-05 14:30`. */
export function formatNearInstant(instant: string, language: Language, zone: string, now: string): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const today = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate().toString();
  const date = formatNearDate(local.toPlainDate().toString(), language, today);
  return `${date} ${two(local.hour)}:${two(local.minute)}`;
}

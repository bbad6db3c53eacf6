import type { Context } from '../context/context.ts';
import { lunarOf } from '../time/birthday.shared.ts';
import { formatBirthday } from '../time/birthday-words.shared.ts';
import { businessDay } from '../time/business-calendar.ts';

/** A day in the calendar: worked or free, why, and its lunar name. */
export interface CalendarDay {
  date: string;
  working: boolean;
  /** Worked against its weekday, or free against it. */
  moved: boolean;
  holiday: string | null;
  lunar: string;
}

export function calendarDays(ctx: Context, from: string, to: string): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let day = Temporal.PlainDate.from(from); day.toString() <= to; day = day.add({ days: 1 })) {
    const date = day.toString();
    const { working, holiday } = businessDay(ctx.businessDays, date);
    days.push({ date, working, moved: working !== day.dayOfWeek < 6, holiday, lunar: lunarName(ctx, date) });
  }
  return days;
}

/** As wall calendars write it: the day, on the first of a month the month. */
function lunarName(ctx: Context, date: string): string {
  const lunar = { ...lunarOf(date), year: null };
  const { language } = ctx.principal;
  const text = formatBirthday(lunar, language);
  if (language !== 'zh') return text.replace('lunar ', '');
  const [month = '', day = ''] = text.replace('农历', '').split(/(?<=月)/);
  return lunar.day === 1 ? month : day;
}

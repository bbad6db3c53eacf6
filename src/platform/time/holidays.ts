import chineseDays from 'chinese-days';
import { birthdayIn } from './birthday.shared.ts';

/** What a day is for those who work by the Chinese calendar. */
export interface DayKind {
  working: boolean;
  /** Key of the holiday it belongs to, also of the workday moved for it: `springFestival`; null for a plain day. */
  holiday: string | null;
  /** The year's arrangement (国务院办公厅 announces it in the autumn before) is not known yet: only the law's own days. */
  estimated: boolean;
}

const NAMES: Record<string, string> = {
  元旦: 'newYear',
  春节: 'springFestival',
  清明: 'qingming',
  劳动节: 'labourDay',
  端午: 'dragonBoat',
  中秋: 'midAutumn',
  国庆节: 'nationalDay',
};

const FIRST_YEAR = 2004;
/** The formula for 清明 and the lunar calendar are sure this far. */
const LAST_YEAR = 2099;

/** The last year whose arrangement the library of holidays knows; it calls every weekday of later ones a workday. */
export const LAST_ANNOUNCED = (() => {
  let year = FIRST_YEAR;
  while (!chineseDays.isWorkday(`${year + 1}-10-01`)) year++;
  return year;
})();

/** A day of the national calendar: holidays and 调休 workdays as announced, later years by the law alone. */
export function nationalDay(date: string): DayKind {
  const year = Number(date.slice(0, 4));
  if (year >= FIRST_YEAR && year <= LAST_ANNOUNCED) {
    const { work, name } = chineseDays.getDayDetail(date);
    const holiday = Object.entries(NAMES).find(([word]) => name.includes(word))?.[1] ?? null;
    return { working: work, holiday, estimated: false };
  }
  // What lies far off has its weekends only: no law of that time is known.
  const holiday = year >= FIRST_YEAR && year <= LAST_YEAR ? (statutoryDays(year).get(date) ?? null) : null;
  const weekend = Temporal.PlainDate.from(date).dayOfWeek > 5;
  return { working: !weekend && holiday === null, holiday, estimated: true };
}

const known = new Map<number, ReadonlyMap<string, string>>();

/**
 * The 13 days the law frees everyone on since 2025 (全国年节及纪念日放假办法, revised 2024): 元旦 1, 春节 4 from its eve, 清明 1,
 * 劳动节 2, 端午 1, 中秋 1, 国庆 3.
 */
export function statutoryDays(year: number): ReadonlyMap<string, string> {
  let days = known.get(year);
  if (!days) {
    const lunar = (month: number, day: number) =>
      birthdayIn({ calendar: 'lunar', year: null, month, leap: false, day }, year);
    const run = (from: string, length: number) =>
      Array.from({ length }, (_, at) => Temporal.PlainDate.from(from).add({ days: at }).toString());
    const eve = Temporal.PlainDate.from(lunar(1, 1)).subtract({ days: 1 }).toString();
    const named: [string, string[]][] = [
      ['newYear', [`${year}-01-01`]],
      ['springFestival', run(eve, 4)],
      ['qingming', [qingming(year)]],
      ['labourDay', run(`${year}-05-01`, 2)],
      ['dragonBoat', [lunar(5, 5)]],
      ['midAutumn', [lunar(8, 15)]],
      ['nationalDay', run(`${year}-10-01`, 3)],
    ];
    days = new Map(named.flatMap(([name, dates]) => dates.map((date) => [date, name] as const)));
    known.set(year, days);
  }
  return days;
}

/** 清明 by the usual formula for its solar term in this century: [Y × 0.2422 + 4.81] − [Y ÷ 4], Y the last two digits. */
function qingming(year: number): string {
  const short = year % 100;
  const day = Math.floor(short * 0.2422 + 4.81) - Math.floor(short / 4);
  return `${year}-04-${String(day).padStart(2, '0')}`;
}

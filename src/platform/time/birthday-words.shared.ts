import type { Language } from '../i18n/translations.ts';
import { type Birthday, isBirthday, readBirthdayText } from './birthday.shared.ts';
import { MONTHS } from './format.shared.ts';

const NUMERALS = '〇一二三四五六七八九十';
const LUNAR_MONTHS = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊'];

function lunarDay(day: number): string {
  if (day <= 10) return `初${NUMERALS[day]}`;
  if (day === 20) return '二十';
  if (day === 30) return '三十';
  return `${day < 20 ? '十' : '廿'}${NUMERALS[day % 10]}`;
}

/** As people read it: `1990年3月5日`, `农历八月十五`, `1990年农历闰五月初一`; `Mar 5, 1990`, `lunar 8/15`. */
export function formatBirthday(birthday: Birthday, language: Language): string {
  const { calendar, year, month, leap, day } = birthday;
  if (language === 'zh') {
    const start = year === null ? '' : `${year}年`;
    if (calendar === 'solar') return `${start}${month}月${day}日`;
    return `${start}农历${leap ? '闰' : ''}${LUNAR_MONTHS[month - 1]}月${lunarDay(day)}`;
  }
  if (calendar === 'solar') return `${MONTHS[month - 1]} ${day}${year === null ? '' : `, ${year}`}`;
  return `lunar ${year === null ? '' : `${year}/`}${leap ? 'leap ' : ''}${month}/${day}`;
}

/** 一..三十一, 十五, 廿三, 卅, 初八, 正, 冬, 腊, and digits; undefined for anything else. */
function numeral(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const plain = text
    .replace(/^初/, '')
    .replace(/^廿/, '二十')
    .replace(/^卅/, '三十')
    .replace('〇', '')
    .replace('零', '');
  const special = { 正: 1, 元: 1, 冬: 11, 腊: 12 }[plain];
  if (special !== undefined) return special;
  const match = /^([一二三])?(十)?([一二三四五六七八九])?$/.exec(plain);
  if (!match || plain === '') return undefined;
  if (!match[2]) return match[1] && match[3] ? undefined : NUMERALS.indexOf(plain);
  return (match[1] ? NUMERALS.indexOf(match[1]) : 1) * 10 + (match[3] ? NUMERALS.indexOf(match[3]) : 0);
}

const YEAR_DIGITS: Record<string, string> = Object.fromEntries(
  [...'〇一二三四五六七八九'].map((d, i) => [d, String(i)]),
);

/** 一九九〇 → 1990. */
function yearOf(text: string): number {
  return Number(
    text.replace('零', '〇').replace(/[〇一二三四五六七八九]/g, (digit) => YEAR_DIGITS[digit] ?? digit),
  );
}

const NUMBER = '[0-9]{1,2}|[初正元冬腊廿卅一二三四五六七八九十]{1,3}';
const WRITTEN = new RegExp(
  `^(?:([0-9]{4}|[〇零一二三四五六七八九]{4})[年/.\\- ]?\\s*)?(阴历|农历|旧历|阳历|公历|新历)?(闰)?(${NUMBER})[月/.\\-]\\s*(${NUMBER})[日号]?$`,
);

/**
 * Reads a birthday as people write it: `1990-03-05`, `03-05`, `3月5日`, `1990年3月5日`, `19900305`, `农历八月十五`,
 * `1990年农历闰五月初一`, `八月十五(农历)`. Lunar only when it says so, or is written in lunar words (初, 廿, 正, 腊, 闰).
 * @returns undefined when it cannot be read or the day does not exist
 */
export function parseBirthday(written: string): Birthday | undefined {
  const text = written.normalize('NFKC').replace(/\s+/g, ' ').trim();
  const known = readBirthdayText(text);
  if (known) return known;
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact) return checked('solar', Number(compact[1]), Number(compact[2]), false, Number(compact[3]));
  const lead = /[(（]?(农历|阴历|旧历|阳历|公历|新历|lunar)[)）]?:?\s*/iu;
  const named = lead.exec(text)?.[1];
  const match = WRITTEN.exec(text.replace(lead, '').trim());
  if (!match) return undefined;
  const [, year, , leap, monthText = '', dayText = ''] = match;
  const lunarWords = leap !== undefined || /[初廿卅正冬腊]/.test(monthText + dayText);
  const lunar = named === undefined ? lunarWords : /^(农历|阴历|旧历|lunar)$/i.test(named);
  const [month, day] = [numeral(monthText), numeral(dayText)];
  if (month === undefined || day === undefined || (lunarWords && !lunar)) return undefined;
  return checked(
    lunar ? 'lunar' : 'solar',
    year === undefined ? null : yearOf(year),
    month,
    leap !== undefined,
    day,
  );
}

function checked(
  calendar: Birthday['calendar'],
  year: number | null,
  month: number,
  leap: boolean,
  day: number,
): Birthday | undefined {
  const birthday = { calendar, year, month, leap, day };
  return isBirthday(birthday) ? birthday : undefined;
}

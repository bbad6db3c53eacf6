import { birthdayIn, readBirthdayText } from '../../../platform/time/birthday.shared.ts';

/** Days many people are greeted on, in the form of birthdays: the lunar ones move through the solar year. */
const DAYS = {
  newYear: '--01-01',
  springFestival: 'lunar:--01-01',
  lantern: 'lunar:--01-15',
  womensDay: '--03-08',
  labourDay: '--05-01',
  dragonBoat: 'lunar:--05-05',
  midAutumn: 'lunar:--08-15',
  teachersDay: '--09-10',
  nationalDay: '--10-01',
  doubleNinth: 'lunar:--09-09',
} as const;

export type Festival = keyof typeof DAYS;
export const FESTIVALS = Object.keys(DAYS) as Festival[];

/** The day a festival is kept in a year of its calendar. */
export function festivalIn(festival: Festival, year: number): string {
  const day = readBirthdayText(DAYS[festival]);
  if (!day) throw new RangeError(festival);
  return birthdayIn(day, year);
}

/** The festivals on a day; two may meet, as 国庆 and 中秋 did in 2020. */
export const festivalsOn = (date: string): Festival[] =>
  FESTIVALS.filter((festival) => festivalIn(festival, Number(date.slice(0, 4))) === date);

import { cityNames } from '../place/names.ts';
import { fold } from '../text/fold.ts';
import { cityForms, KIND } from './tokens.ts';
import type { TokenQuery } from './tsquery.ts';

/** A word as the name of a city, or the beginning of one. */
export function cityQuery(folded: string): TokenQuery | undefined {
  if (Array.from(folded).length < 2) return undefined;
  citiesByReading ??= readCities();
  const known = citiesByReading.get(folded);
  return known ? { token: KIND.city + known.token } : { token: KIND.city + folded, prefix: true };
}

interface CityReading {
  token: string;
  /** One letter for each character: hz. */
  initials: boolean;
}

let citiesByReading: Map<string, CityReading> | undefined;

/** A city at the head of the word and at least two more signs: hangzhou海康, hz海康, 杭州海康. */
export function splitCity(folded: string): { city: string; rest: string } | undefined {
  citiesByReading ??= readCities();
  const limit = Math.min(folded.length - 2, 14);
  for (let length = limit; length >= 2; length -= 1) {
    const head = folded.slice(0, length);
    const city = citiesByReading.get(head);
    // Two letters are the initials of some city nearly always; they count before characters only: hz海康.
    const doubtful = city?.initials && /[a-z]/.test(folded[length]!);
    if (city && !doubtful) return { city: city.token, rest: folded.slice(length) };
  }
  return undefined;
}

/** The initials of a city before those of an own name: hzhk where 杭州 stands in the city field. */
export function splitCityInitials(folded: string): { city: string; rest: string }[] {
  if (!/^[a-z]{4,12}$/.test(folded)) return [];
  citiesByReading ??= readCities();
  return [2, 3].flatMap((length) => {
    const city = citiesByReading?.get(folded.slice(0, length));
    const rest = folded.slice(length);
    return city?.initials && rest.length >= 2 ? [{ city: city.token, rest }] : [];
  });
}

function readCities(): Map<string, CityReading> {
  const cities = new Map<string, CityReading>();
  for (const name of cityNames()) {
    const { folded, tokens } = cityForms(name);
    const { length } = Array.from(folded);
    if (length < 2) continue;
    cities.set(fold(name), { token: folded, initials: false });
    for (const token of tokens)
      if (!cities.has(token))
        cities.set(token, { token, initials: /^[a-z]/.test(token) && token.length === length });
  }
  return cities;
}

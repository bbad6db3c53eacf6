import { cityNames } from './names.ts';
import { regions } from './regions.ts';

/** Codes of the units a text may mean, each cut to its level: 33 浙江, 3301 杭州, 330106 西湖区. */
export type PlaceCodes = readonly string[];

const known = new Map<string, PlaceCodes>();

/** The last place named in a chain of places written together (浙江省杭州市), as all units of that name within the ones before. */
export function codesOf(text: string): PlaceCodes {
  let codes = known.get(text);
  if (!codes) {
    codes = read(text);
    if (known.size > 20_000) known.clear();
    known.set(text, codes);
  }
  return codes;
}

function read(text: string): PlaceCodes {
  let found: PlaceCodes = [];
  for (let from = 0; from < text.length; ) {
    let length = text.length - from;
    while (length >= 2 && !isPlace(text.slice(from, from + length))) length -= 1;
    if (length < 2) break;
    const codes = (regions().byName.get(text.slice(from, from + length)) ?? []).map(({ code, level }) =>
      code.slice(0, level * 2),
    );
    const within = codes.filter(
      (code) => found.length === 0 || found.some((above) => code.startsWith(above)),
    );
    found = within.length ? within : found;
    from += length;
  }
  return found;
}

const isPlace = (text: string) => cityNames().has(text) || regions().byName.has(text);

/** Whether two places may be one: one lies within the other, or one is not known. */
export function placesAgree(a: PlaceCodes, b: PlaceCodes): boolean {
  if (a.length === 0 || b.length === 0) return true;
  return a.some((one) => b.some((other) => one.startsWith(other) || other.startsWith(one)));
}

/** Choices that look like chance and are the same every time, so that the sample company can be shown and tested. */
export interface Chance {
  number(): number;
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
  some<T>(list: readonly T[], most: number): T[];
}

/** mulberry32: small, and even enough for sample data. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const number = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(number() * limit);
  const pick = <T>(list: readonly T[]) => list[below(list.length)] as T;
  const some = <T>(list: readonly T[], most: number) => [
    ...new Set(Array.from({ length: below(most + 1) }, () => pick(list))),
  ];
  return { number, below, pick, some };
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { metresBetween, type Place } from '../../../platform/place/distance.ts';
import { lengthOf, routeOrder, type Stop } from './route-order.ts';

const stop = (id: string, latitude?: number, longitude?: number, startsAt: string | null = null): Stop => ({
  id,
  startsAt,
  place: latitude === undefined || longitude === undefined ? null : { latitude, longitude },
});

describe('the way between two places', () => {
  test.each<[string, Place, Place, number]>([
    ['nowhere to go', { latitude: 30, longitude: 120 }, { latitude: 30, longitude: 120 }, 0],
    // 人民广场 to 虹桥机场, as maps have it: about 13 km.
    [
      'across Shanghai',
      { latitude: 31.2304, longitude: 121.4737 },
      { latitude: 31.1979, longitude: 121.3363 },
      13_557,
    ],
    ['one degree of the equator', { latitude: 0, longitude: 0 }, { latitude: 0, longitude: 1 }, 111_195],
  ])('%s', (_what, a, b, metres) => {
    expect(Math.abs(metresBetween(a, b) - metres)).toBeLessThan(metres * 0.01 + 1);
  });
});

describe('a day’s way', () => {
  test('goes along a line from where one is', () => {
    const stops = [stop('c', 30, 120.3), stop('a', 30, 120.1), stop('b', 30, 120.2)];
    expect(routeOrder(stops, { latitude: 30, longitude: 120 })).toEqual(['a', 'b', 'c']);
  });

  test('keeps to hours, and leaves places nobody knows to the end', () => {
    const stops = [
      stop('lost'),
      stop('late', 30, 120.1, '2026-11-23T08:00:00Z'),
      stop('early', 30, 120.3, '2026-11-23T01:00:00Z'),
      stop('near', 30, 120.31),
    ];
    expect(routeOrder(stops)).toEqual(['early', 'near', 'late', 'lost']);
  });

  const spots = fc.array(
    fc.record({
      latitude: fc.double({ min: 30, max: 31, noNaN: true }),
      longitude: fc.double({ min: 120, max: 121, noNaN: true }),
    }),
    { maxLength: 9 },
  );

  test('visits everyone once and is never longer than from one to the next nearest', () => {
    fc.assert(
      fc.property(spots, (places) => {
        const stops = places.map((place, at) => ({ id: String(at), place, startsAt: null }));
        const order = routeOrder(stops, { latitude: 30, longitude: 120 });
        expect(order.toSorted()).toEqual(stops.map(({ id }) => id).toSorted());
        const from = { latitude: 30, longitude: 120 };
        const way = [from, ...order.map((id) => places[Number(id)] as Place)];
        expect(lengthOf(way)).toBeLessThanOrEqual(greedy(from, places) + 1);
      }),
      { numRuns: 60 },
    );
  });
});

function greedy(from: Place, places: readonly Place[]): number {
  const left = [...places];
  let [at, sum] = [from, 0];
  while (left.length) {
    const here = at;
    left.sort((a, b) => metresBetween(here, a) - metresBetween(here, b));
    const next = left.shift() as Place;
    sum += metresBetween(here, next);
    at = next;
  }
  return sum;
}

import { metresBetween, type Place } from '../../../platform/place/distance.ts';

/** A stop of a day; `place` null where nobody knows where the customer is, `startsAt` where it has an hour. */
export interface Stop {
  id: string;
  place: Place | null;
  startsAt: string | null;
}

/**
 * The order of a day's stops: from the nearest to the next nearest, then untangled (2-opt). Stops with an hour keep to their
 * hours; stops nobody knows the place of come last, in the order they were in.
 */
export function routeOrder(stops: readonly Stop[], from: Place | null = null): string[] {
  const timed = stops.filter((stop) => stop.startsAt).toSorted((a, b) => compare(a.startsAt, b.startsAt));
  const placed = stops.filter((stop): stop is Placed => !stop.startsAt && stop.place !== null);
  const lost = stops.filter((stop) => !stop.startsAt && stop.place === null);
  const free = untangled(nearestFirst(placed, from), from);
  return [...insertTimed(free, timed), ...lost].map(({ id }) => id);
}

interface Placed extends Stop {
  place: Place;
}

const compare = (a: string | null, b: string | null) =>
  Temporal.Instant.compare(a ?? '1970-01-01T00:00:00Z', b ?? '1970-01-01T00:00:00Z');

function nearestFirst(stops: readonly Placed[], from: Place | null): Placed[] {
  const left = [...stops];
  const route: Placed[] = [];
  let at = from ?? left[0]?.place;
  while (at && left.length > 0) {
    const here = at;
    const distances = left.map((stop) => metresBetween(here, stop.place));
    const [next] = left.splice(distances.indexOf(Math.min(...distances)), 1) as [Placed];
    route.push(next);
    at = next.place;
  }
  return route;
}

/** Metres along a route. */
export function lengthOf(route: readonly Place[]): number {
  return route.slice(1).reduce((sum, place, at) => sum + metresBetween(route[at] as Place, place), 0);
}

/** Crossing ways are turned round until none is shorter that way. */
function untangled(stops: Placed[], from: Place | null): Placed[] {
  let route = stops;
  const cost = (order: readonly Placed[]) =>
    lengthOf([...(from ? [from] : []), ...order.map((s) => s.place)]);
  for (let better = true; better; ) {
    better = false;
    for (let i = from ? 0 : 1; i < route.length - 1; i++)
      for (let j = i + 1; j < route.length; j++) {
        const turned = [...route.slice(0, i), ...route.slice(i, j + 1).toReversed(), ...route.slice(j + 1)];
        if (cost(turned) < cost(route) - 0.5) {
          route = turned;
          better = true;
        }
      }
  }
  return route;
}

/** Each stop with an hour goes where it makes the way least longer, after the one before it. */
function insertTimed(free: readonly Placed[], timed: readonly Stop[]): Stop[] {
  let route: Stop[] = [...free];
  let least = 0;
  for (const stop of timed) {
    const options = Array.from({ length: route.length - least + 1 }, (_, at) => at + least);
    const detours = options.map((at) => detour(route[at - 1], stop, route[at]));
    const at = stop.place ? (options[detours.indexOf(Math.min(...detours))] as number) : least;
    route = [...route.slice(0, at), stop, ...route.slice(at)];
    least = at + 1;
  }
  return route;
}

function detour(before: Stop | undefined, stop: Stop, after: Stop | undefined): number {
  const way = (a: Stop | undefined, b: Stop | undefined) =>
    a?.place && b?.place ? metresBetween(a.place, b.place) : 0;
  return way(before, stop) + way(stop, after) - way(before, after);
}

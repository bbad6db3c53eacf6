import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf } from './encode.ts';
import { fitLogistic } from './fit.ts';
import { areaUnderCurve, calibrationOf, qualityOf } from './quality.ts';
import { explain, LEAST_OUTCOMES, predict, train } from './train.ts';
import type { Example } from './types.ts';

/** Numbers as if by chance, the same every time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

/** Cases in which a fair and a size really count, with these odds, and a colour does not. */
function cases(count: number, strength: number): (Example & { truth: number })[] {
  const next = chance(42);
  return Array.from({ length: count }, () => {
    const source = next() < 0.5 ? 'fair' : 'web';
    const size = next() * 4 - 2;
    const truth = 1 / (1 + Math.exp(-strength * ((source === 'fair' ? 1 : -1) + size)));
    const colour = next() < 0.3 ? 'red' : 'blue';
    return { features: { source, size, colour }, truth, won: next() < truth };
  });
}

test.each<[number[], boolean[], number]>([
  [[0.1, 0.2, 0.8, 0.9], [false, false, true, true], 1],
  [[0.9, 0.8, 0.2, 0.1], [false, false, true, true], 0],
  [[0.5, 0.5, 0.5, 0.5], [false, true, false, true], 0.5],
  [[0.1, 0.4, 0.35, 0.8], [false, false, true, true], 0.75],
  [[0.3], [true], 0.5],
])('judged %j of %j the area is %d', (said, won, area) => {
  expect(areaUnderCurve(said, won)).toBeCloseTo(area, 12);
});

test('the area is the share of pairs in the right order', () => {
  const judged = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), {
    minLength: 2,
    maxLength: 40,
  });
  fc.assert(
    fc.property(judged, (all) => {
      const [wins, losses] = [all.filter(([, won]) => won), all.filter(([, won]) => !won)];
      fc.pre(wins.length > 0 && losses.length > 0);
      const right = wins.flatMap(([a]) => losses.map(([b]) => (a > b ? 1 : a === b ? 0.5 : 0)) as number[]);
      const share = right.reduce((sum, each) => sum + each, 0) / right.length;
      const area = areaUnderCurve(
        all.map(([said]) => said),
        all.map(([, won]) => won),
      );
      expect(area).toBeCloseTo(share, 10);
    }),
  );
});

test('a fit says on average what came, and is held down by the ridge', () => {
  const all = cases(400, 1);
  const rows = all.map(({ features }) => [features.size as number]);
  const won = all.map((each) => each.won);
  const [bias = 0, weight = 0] = fitLogistic(rows, won, 1);
  const said = rows.map(([x = 0]) => 1 / (1 + Math.exp(-bias - weight * x)));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(said)).toBeCloseTo(mean(won.map(Number)), 6);
  expect(weight).toBeGreaterThan(0.5);
  expect(Math.abs(fitLogistic(rows, won, 1e6)[1] as number)).toBeLessThan(0.01);
});

test('what is the same everywhere, or too rare, has no column', () => {
  const all = cases(100, 1).map((each, at) => ({
    ...each,
    features: {
      ...each.features,
      same: 'yes',
      rare: at < 3 ? 'once' : null,
      tags: ['a', at % 2 ? 'b' : 'c'],
    },
  }));
  const names = columnsOf(all).map(({ feature, value }) => `${feature}=${value}`);
  expect(names).toEqual(expect.arrayContaining(['size=null', 'source=fair', 'tags=b', 'tags=c']));
  expect(names.some((name) => /same|rare|tags=a/.test(name))).toBe(false);
});

test('learns what counts, is calibrated on cases it has not seen, and says why', () => {
  const all = cases(4000, 1);
  const trained = train(all);
  if (trained.state === 'few') throw new Error('enough cases were given');
  expect(trained.state).toBe('on');
  const { quality, model } = trained;
  expect(quality.cases).toBe(1000);
  const best = areaUnderCurve(
    all.slice(3000).map(({ truth }) => truth),
    all.slice(3000).map(({ won }) => won),
  );
  expect(best - quality.auc).toBeLessThan(0.02);
  for (const { said, came } of quality.calibration) expect(Math.abs(said - came)).toBeLessThan(0.15);
  expect(quality.brier).toBeLessThan(quality.naiveBrier);
  const [good, bad] = [
    { source: 'fair', size: 1.5, colour: 'blue' },
    { source: 'web', size: -1.5, colour: 'blue' },
  ];
  expect(predict(model, good)).toBeGreaterThan(0.8);
  expect(predict(model, bad)).toBeLessThan(0.2);
  const because = explain(model, good);
  expect(
    because
      .slice(0, 2)
      .map(({ feature }) => feature)
      .sort(),
  ).toEqual(['size', 'source']);
  expect(because.every(({ feature, weight }) => feature === 'colour' || weight > 0)).toBe(true);
  // What nobody knows moves nothing.
  expect(explain(model, { source: 'fair', colour: 'blue' }).some(({ feature }) => feature === 'size')).toBe(
    false,
  );
});

test('is off where there is too little, and where there is nothing to learn', () => {
  const few = cases(2 * LEAST_OUTCOMES, 1).slice(0, LEAST_OUTCOMES);
  expect(train(few)).toMatchObject({ state: 'few', won: few.filter(({ won }) => won).length });
  const next = chance(7);
  const noise = cases(2000, 1).map((each) => ({ ...each, won: next() < 0.5 }));
  expect(train(noise)).toMatchObject({ state: 'weak' });
});

test('the quality of saying the average is that of the average', () => {
  const won = [true, false, false, false];
  const quality = qualityOf([0.25, 0.25, 0.25, 0.25], won, 0.25);
  expect(quality.brier).toBeCloseTo(quality.naiveBrier, 12);
  // Of all the same is said: one group, however many were asked for.
  expect(calibrationOf([0.25, 0.25, 0.25, 0.25], won, 4)).toEqual([{ count: 4, said: 0.25, came: 0.25 }]);
  expect(calibrationOf([0.9, 0.1, 0.2, 0.8], won, 2)).toEqual([
    { count: 2, said: expect.closeTo(0.15), came: 0 },
    { count: 2, said: expect.closeTo(0.85), came: 0.5 },
  ]);
});

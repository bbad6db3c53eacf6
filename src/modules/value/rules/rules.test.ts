import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costOf, hourlyOf } from './amount.ts';
import { costRules, DEFAULT_RULES, rulesOn } from './definition.ts';
import { phaseOf, type Standing } from './phase.ts';

const nobodyKnows: Standing = { relation: null, life: null, givenUp: false, won: false, age: 0 };

describe('the phase of a cost', () => {
  test.each<[string, Partial<Standing>, string]>([
    // 初始投入 is spent in 培育, 维持 in 确认 信任 弱化, 结束 in 消失 [000]
    ['cultivating', { relation: 'cultivate' }, 'initial'],
    ['confirming', { relation: 'confirm' }, 'upkeep'],
    ['trusting', { relation: 'trust' }, 'upkeep'],
    ['weakening', { relation: 'weaken' }, 'upkeep'],
    ['lost', { relation: 'lost' }, 'ending'],
    ['a stage the company added', { relation: 'x_own' }, 'upkeep'],
    ['the relation goes before the customer', { relation: 'trust', life: 'acquire' }, 'upkeep'],
    ['acquiring', { life: 'acquire' }, 'initial'],
    ['retaining', { life: 'retain' }, 'upkeep'],
    ['let go, whatever the stage', { givenUp: true, relation: 'trust' }, 'ending'],
    ['won', { won: true }, 'upkeep'],
    ['the first day', { age: 0 }, 'initial'],
    ['the last day of the beginning', { age: 89 }, 'initial'],
    ['after it', { age: 90 }, 'upkeep'],
    ['before the customer was entered', { age: -400 }, 'initial'],
  ])('%s', (_what, standing, phase) => {
    expect(phaseOf({ ...nobodyKnows, ...standing }, DEFAULT_RULES.phases)).toBe(phase);
  });
});

const rule = { active: true, each: '50', minutes: 60, percent: '100' };

describe('what a cause costs', () => {
  test.each<[string, number | null, string | null, object, string, string | null]>([
    ['so much each and the hour it is taken to last', null, null, {}, '60', '110.00'],
    ['the time it took', 90, null, {}, '60', '140.00'],
    ['no time at all', 0, null, {}, '60', '50.00'],
    ['a minute of an uneven rate, rounded up at half a fen', 1, null, { each: '0' }, '0.3', '0.01'],
    ['its own amount', null, '250', { each: '0' }, '60', '250.00'],
    ['a part of its amount', null, '99.99', { each: '0', percent: '50' }, '60', '50.00'],
    ['a fee on its amount', null, '100', { each: '5' }, '60', '105.00'],
    ['nothing where switched off', 60, null, { active: false }, '60', null],
    ['nothing where it comes to nothing', null, '0', { each: '0' }, '60', null],
    ['nothing below half a fen', null, '0.004', { each: '0' }, '60', null],
  ])('%s', (_what, minutes, amount, more, hourly, cost) => {
    expect(costOf({ minutes, amount }, { ...rule, ...more }, hourly, 'CNY')).toBe(cost);
  });

  test('is never less for more time', () => {
    const minutes = fc.nat(1440);
    fc.assert(
      fc.property(minutes, minutes, fc.nat(100_000), (one, two, fen) => {
        const cost = (each: number) =>
          Number(costOf({ minutes: each, amount: null }, rule, (fen / 100).toFixed(2), 'CNY'));
        expect(cost(Math.max(one, two))).toBeGreaterThanOrEqual(cost(Math.min(one, two)));
      }),
    );
  });
});

describe('what an hour costs', () => {
  const above = new Map<string, string | null>([
    ['shop', 'east'],
    ['east', 'head'],
    ['head', null],
    ['a', 'b'],
    ['b', 'a'],
  ]);
  const rates = (...pairs: [string, string][]) => ({
    hourly: '60',
    departments: pairs.map(([department, hourly]) => ({ department, hourly })),
  });
  test.each<[string, string | null, [string, string][], string]>([
    ['nobody said otherwise', 'shop', [], '60'],
    ['its own', 'shop', [['shop', '80']], '80'],
    ['of the one above', 'shop', [['head', '90']], '90'],
    [
      'the nearest counts',
      'shop',
      [
        ['head', '90'],
        ['east', '70'],
      ],
      '70',
    ],
    ['of nobody’s department', null, [['head', '90']], '60'],
    ['of departments in a circle', 'a', [['head', '90']], '60'],
  ])('%s', (_what, department, pairs, hourly) => {
    expect(hourlyOf(department, above, rates(...pairs))).toBe(hourly);
  });
});

test('rules hold from their day until the next', () => {
  const at = (hourly: string) => ({ ...DEFAULT_RULES, hourly });
  const versions = [
    { from: '2026-03-01', rules: at('70') },
    { from: '2026-06-01', rules: at('80') },
  ];
  const hourly = ['2026-02-28', '2026-03-01', '2026-05-31', '2026-06-01', '2030-01-01'].map(
    (day) => rulesOn(versions, day).hourly,
  );
  expect(hourly).toEqual(['60', '70', '70', '80', '80']);
});

test.each<[string, object]>([
  ['a share above the whole', { sources: { visit: { ...rule, percent: '100.5' } } }],
  ['a negative amount', { hourly: '-1' }],
  ['half a fen', { hourly: '1.005' }],
  ['an unknown phase', { phases: { ...DEFAULT_RULES.phases, life: { acquire: 'later' } } }],
  ['minutes of more than a day', { sources: { visit: { ...rule, minutes: 1441 } } }],
])('%s is no rule', (_what, wrong) => {
  expect(costRules.safeParse({ ...DEFAULT_RULES, ...wrong }).success).toBe(false);
  expect(costRules.safeParse(DEFAULT_RULES).success).toBe(true);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact } from '../../../platform/money/money.shared.ts';
import { movesOf, openIn, type Stood } from './moves.shared.ts';

const NOVEMBER = { from: '2026-11-01', to: '2026-12-01' };
const open = (amount: string, day: string | null): Stood => ({ status: 'open', amount, day });
const won = (amount: string, day: string): Stood => ({ status: 'won', amount, day });
const lost = (amount: string): Stood => ({ status: 'lost', amount, day: '2026-11-12' });

const IN = '2026-11-20';
const LATER = '2026-12-05';
const EARLIER = '2026-10-05';

describe('why what is open in a period is other than it was', () => {
  test.each<[string, Stood | null, Stood, [string, string][]]>([
    ['it is as it was', open('10', IN), open('10', '2026-11-02'), []],
    ['it came', null, open('10', IN), [['new', '10']]],
    ['it came and goes elsewhere', null, open('10', LATER), []],
    ['it grew', open('10', IN), open('12.5', IN), [['grew', '2.5']]],
    ['it shrank', open('10', IN), open('4', IN), [['shrank', '-6']]],
    ['it was won', open('10', IN), won('10', IN), [['won', '-10']]],
    [
      'it was won for less',
      open('10', IN),
      won('8', IN),
      [
        ['shrank', '-2'],
        ['won', '-8'],
      ],
    ],
    [
      'it was won early',
      open('10', LATER),
      won('10', IN),
      [
        ['pulledIn', '10'],
        ['won', '-10'],
      ],
    ],
    [
      'it came and was won at once',
      null,
      won('10', IN),
      [
        ['new', '10'],
        ['won', '-10'],
      ],
    ],
    ['it was lost', open('10', IN), lost('9'), [['lost', '-10']]],
    ['it was put off', open('10', IN), open('99', LATER), [['pushedOut', '-10']]],
    ['its day was taken away', open('10', IN), open('10', null), [['pushedOut', '-10']]],
    ['it is to come sooner', open('10', IN), open('10', EARLIER), [['broughtForward', '-10']]],
    ['it is to come already', open('10', LATER), open('11', IN), [['pulledIn', '11']]],
    ['it slipped in', open('10', EARLIER), open('10', IN), [['slippedIn', '10']]],
    ['it is open again', lost('10'), open('10', IN), [['reopened', '10']]],
    ['it stays lost', lost('10'), lost('10'), []],
  ])('%s', (_name, before, after, moves) =>
    expect(movesOf(before, after, NOVEMBER).map(({ move, amount }) => [move, amount])).toEqual(moves),
  );

  test('the moves add up exactly to the difference', () => {
    const stood = fc.record<Stood>({
      status: fc.constantFrom('open', 'won', 'lost'),
      amount: fc.integer({ min: 0, max: 1e9 }).map((cents) => new Exact(cents).div(100).toFixed(2)),
      day: fc.constantFrom(null, IN, '2026-11-01', '2026-11-30', '2026-12-01', LATER, EARLIER),
    });
    fc.assert(
      fc.property(fc.option(stood), stood, (before, after) => {
        const told = movesOf(before, after, NOVEMBER).reduce(
          (all, { amount }) => all.plus(amount),
          new Exact(0),
        );
        const truly = new Exact(openIn(after, NOVEMBER)).minus(openIn(before, NOVEMBER));
        expect(told.toFixed(2)).toBe(truly.toFixed(2));
      }),
      { numRuns: 2000 },
    );
  });
});

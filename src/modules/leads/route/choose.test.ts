import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Candidate, type Choosing, choose } from './choose.ts';

const people = (...all: [open: number, turn: number][]): Candidate[] =>
  all.map(([open, turn], at) => ({ id: 'abcdef'[at] as string, open, turn }));

test.each<[string, Candidate[], Choosing, string | null]>([
  [
    'the first of those who never had one',
    people([0, 0], [0, 0]),
    { method: 'roundRobin', maxOpen: null },
    'a',
  ],
  ['whose turn is longest ago', people([0, 3], [9, 1], [0, 2]), { method: 'roundRobin', maxOpen: null }, 'b'],
  ['not who has enough', people([5, 1], [4, 2]), { method: 'roundRobin', maxOpen: 5 }, 'b'],
  ['whoever has fewest', people([3, 1], [2, 9], [4, 0]), { method: 'load', maxOpen: null }, 'b'],
  ['of those with as few, in turn', people([2, 4], [2, 3], [2, 5]), { method: 'load', maxOpen: null }, 'b'],
  ['nobody when all have enough', people([5, 1], [6, 2]), { method: 'load', maxOpen: 5 }, null],
  ['nobody when there is nobody', [], { method: 'roundRobin', maxOpen: null }, null],
])('%s', (_what, candidates, how, id) => {
  expect(choose(candidates, how)?.id ?? null).toBe(id);
});

test('in turn means that nobody is ever two ahead', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 40 }), (members, leads) => {
      const all = people(...Array.from({ length: members }, (): [number, number] => [0, 0]));
      for (let turn = 1; turn <= leads; turn += 1) {
        const chosen = choose(all, { method: 'roundRobin', maxOpen: null });
        if (chosen) Object.assign(chosen, { open: chosen.open + 1, turn });
      }
      const given = all.map(({ open }) => open);
      expect(Math.max(...given) - Math.min(...given)).toBeLessThanOrEqual(1);
    }),
  );
});

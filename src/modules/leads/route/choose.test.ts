import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Candidate, type Choosing, choose, isAble, type Need } from './choose.ts';

const people = (...all: [open: number, turn: number][]): Candidate[] =>
  all.map(([open, turn], at) => ({ id: 'abcdef'[at] as string, open, turn, spoken: [], knows: [] }));
const NONE: Need = { spoken: null, categories: [] };

test.each<[string, Candidate[], Omit<Choosing, 'skills'>, string | null]>([
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
  expect(choose(candidates, { ...how, skills: 'ignore' }, NONE)?.id ?? null).toBe(id);
});

test('in turn means that nobody is ever two ahead', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 40 }), (members, leads) => {
      const all = people(...Array.from({ length: members }, (): [number, number] => [0, 0]));
      for (let turn = 1; turn <= leads; turn += 1) {
        const chosen = choose(all, { method: 'roundRobin', skills: 'ignore', maxOpen: null }, NONE);
        if (chosen) Object.assign(chosen, { open: chosen.open + 1, turn });
      }
      const given = all.map(({ open }) => open);
      expect(Math.max(...given) - Math.min(...given)).toBeLessThanOrEqual(1);
    }),
  );
});

const able = (spoken: string[], knows: string[]): Candidate => ({ id: 'x', open: 0, turn: 0, spoken, knows });

test.each<[string, Candidate, Need, boolean]>([
  ['who is asked for nothing', able([], []), NONE, true],
  ['who speaks the language', able(['en', 'ja'], []), { spoken: 'ja', categories: [] }, true],
  ['who does not', able(['en'], []), { spoken: 'ja', categories: [] }, false],
  ['of whom nothing is said, in Chinese', able([], []), { spoken: 'zh', categories: [] }, true],
  ['of whom nothing is said, in English', able([], []), { spoken: 'en', categories: [] }, false],
  ['who knows the category', able([], ['pump']), { spoken: null, categories: [['pump']] }, true],
  [
    'who knows all above it',
    able([], ['machine']),
    { spoken: null, categories: [['pump', 'machine']] },
    true,
  ],
  ['who knows one of two', able([], ['pump']), { spoken: null, categories: [['valve'], ['pump']] }, true],
  ['who knows another', able([], ['valve']), { spoken: null, categories: [['pump', 'machine']] }, false],
  ['asked for what is in no category', able([], []), { spoken: null, categories: [[]] }, true],
  ['who has one of both', able(['en'], []), { spoken: 'en', categories: [['pump']] }, false],
])('%s', (_who, candidate, need, is) => expect(isAble(candidate, need)).toBe(is));

test.each<[Choosing['skills'], string[], string | null]>([
  ['ignore', ['en'], 'a'],
  ['prefer', ['en'], 'b'],
  ['prefer', ['ja'], 'a'],
  ['require', ['en'], 'b'],
  ['require', ['ja'], null],
])('skills are a matter of %s', (skills, [spoken = null], id) => {
  const [a, b] = people([0, 0], [0, 5]) as [Candidate, Candidate];
  const all = [a, { ...b, spoken: ['en'] }];
  const need = { spoken, categories: [] };
  expect(choose(all, { method: 'roundRobin', skills, maxOpen: null }, need)?.id ?? null).toBe(id);
});

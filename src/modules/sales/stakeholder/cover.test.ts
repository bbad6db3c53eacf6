import { expect, test } from 'vitest';
import { type Gap, gapsOf, type Part } from './cover.shared.ts';

const part = (role: string | null, stance: string | null = null, more: Partial<Part> = {}): Part => ({
  role,
  stance,
  silent: 3,
  knownBy: 1,
  ...more,
});
const champion = part('champion', 'support');

test.each<[string, Part[], Gap[]]>([
  ['nobody', [], ['nobody']],
  ['one who uses it', [part('user')], ['noDecider', 'noChampion', 'onlyOne']],
  ['a decider and a champion', [part('decider'), champion], []],
  ['a decider who is against it', [part('decider', 'against'), champion], ['against']],
  ['an opponent and a champion', [part('decider'), champion, part('opponent')], []],
  ['an opponent and nobody for it', [part('decider'), part('opponent')], ['against', 'noChampion']],
  ['a decider nobody spoke with', [part('decider', null, { silent: null }), champion], ['silentDecider']],
  ['a decider silent for long', [part('decider', null, { silent: 31 }), champion], ['silentDecider']],
  ['a decider heard a month ago', [part('decider', null, { silent: 30 }), champion], []],
  ['a decider nobody knows', [part('decider', null, { knownBy: 0 }), champion], ['unknown']],
  ['somebody for it who is no champion', [part('decider', 'support'), part('buyer')], []],
  ['a champion turned against it', [part('decider'), part('champion', 'against')], ['against', 'noChampion']],
])('%s', (_who, parts, gaps) => expect(gapsOf(parts)).toEqual(gaps));

import { expect, test } from 'vitest';
import { planDefinition } from './definition.ts';

const problems = (...from: string[]) =>
  (
    planDefinition.safeParse({
      base: 'net',
      mode: 'progressive',
      tiers: from.map((each) => ({ from: each, rate: '1' })),
    }).error?.issues ?? []
  ).map(({ path, code }) => `${path.join('.')} ${code}`);

test.each([
  ['tiers that rise from nothing', ['0', '1000', '5000.50'], []],
  ['a first tier above nothing', ['1'], ['tiers.0.from custom']],
  ['tiers that do not rise', ['0', '1000', '1000'], ['tiers custom']],
  ['what is no amount at all', ['__proto__', '1000'], ['tiers.0.from invalid_format']],
])('%s', (_what, from, found) => {
  expect(problems(...from)).toEqual(found);
});

import { describe, expect, it } from 'vitest';
import { pieces } from './Marked.tsx';

describe('pieces', () => {
  it.each<[string, [number, number][], string]>([
    ['abcdef', [], 'abcdef'],
    ['abcdef', [[1, 3]], 'a[bc]def'],
    ['abcdef', [[0, 6]], '[abcdef]'],
    [
      'abcdef',
      [
        [3, 4],
        [0, 1],
      ],
      '[a]bc[d]ef',
    ],
    [
      'abcdef',
      [
        [0, 2],
        [1, 4],
      ],
      '[abcd]ef',
    ],
    ['abc', [[2, 99]], 'ab[c]'],
    ['abc', [[5, 9]], 'abc'],
  ])('%s with %j is %s', (text, ranges, want) => {
    const got = pieces(text, ranges).map((piece) => (piece.hit ? `[${piece.text}]` : piece.text));
    expect(got.join('')).toBe(want);
  });
});

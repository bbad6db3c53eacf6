import { expect, test } from 'vitest';
import { formToken, judgeToken } from './form-token.ts';

const SECRET = 'of the installation';
const SHOWN = '2026-11-23T02:00:00Z';

test.each<[string, string, string, string]>([
  ['at once', 'c1', '2026-11-23T02:00:01Z', 'early'],
  ['after a while', 'c1', '2026-11-23T02:00:30Z', 'good'],
  ['the day after', 'c1', '2026-11-24T03:00:00Z', 'late'],
  ['of another form', 'c2', '2026-11-23T02:00:30Z', 'forged'],
])('a token sent %s is judged', (_when, channel, now, verdict) => {
  expect(judgeToken(SECRET, channel, formToken(SECRET, 'c1', SHOWN), now)).toBe(verdict);
});

test('a token made up is no token', () => {
  for (const made of ['', 'a.b.c', `1790000000.abc.${'x'.repeat(43)}`])
    expect(judgeToken(SECRET, 'c1', made, SHOWN)).toBe('forged');
});

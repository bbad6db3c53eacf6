import { expect, test } from 'vitest';
import { parseJson } from './json.ts';

const nested = (depth: number, inside = '') => `${'['.repeat(depth)}${inside}${']'.repeat(depth)}`;

test.each<[string, unknown]>([
  ['', undefined],
  ['null', null],
  ['{"a":[1,"二"]}', { a: [1, '二'] }],
  [JSON.stringify({ remark: '[{"'.repeat(200) }), { remark: '[{"'.repeat(200) }],
  [JSON.stringify({ path: '\\' }), { path: '\\' }],
  [`[${'{},'.repeat(500)}0]`, [...Array(500).fill({}), 0]],
])('%s', (text, value) => {
  expect(parseJson(text)).toEqual(value);
});

test('a hundred levels are enough', () => {
  expect(parseJson(nested(100))).toBeInstanceOf(Array);
});

test.each([
  ['deeper', nested(101)],
  ['much deeper', nested(100_000)],
  ['deep objects', `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`],
  ['deep behind a text', `{"a":"\\"","b":${nested(101)}}`],
  ['no JSON', '{a:1}'],
  ['an open text', '{"a":"'],
])('refused: %s', (_name, text) => {
  expect(() => parseJson(text)).toThrowError(expect.objectContaining({ code: 'bad_json', status: 400 }));
});

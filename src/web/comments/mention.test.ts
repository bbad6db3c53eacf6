import { expect, it } from 'vitest';
import { markedParts, mentionAt } from './mention.ts';

it.each([
  ['@', { from: 0, q: '' }],
  ['请 @林', { from: 2, q: '林' }],
  ['请@linj', { from: 1, q: 'linj' }],
  ['写信到 a@b', null],
  ['a.@b', null],
  ['@林 好', null],
  ['没有', null],
])('%s', (text, expected) => {
  expect(mentionAt(text, text.length)).toEqual(expected);
});

it('marks the longest name, and only the names of those mentioned', () => {
  const marked = (text: string, names: string[]) =>
    markedParts(text, names).flatMap((part) => (part.mention ? part.text : []));
  expect(marked('@林静怡 @林静 看 @别人', ['林静', '林静怡'])).toEqual(['@林静怡', '@林静']);
  expect(marked('@(a', ['(a'])).toEqual(['@(a']);
  expect(markedParts('没有', [])).toEqual([{ text: '没有', mention: false }]);
});

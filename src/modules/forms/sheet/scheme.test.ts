import { describe, expect, test } from 'vitest';
import type { Context } from '../../../platform/context/context.ts';
import { gradeName, gradeRank } from './scheme.ts';

const options = [
  { value: 'vip', zh: '贵宾', en: 'VIP' },
  { value: 'regular', zh: '普通', en: 'Regular' },
];
const ctx = (language: 'zh' | 'en') =>
  ({
    principal: { language },
    registry: { byName: new Map([['customer', { fields: { grade: { options } } }]]) },
  }) as unknown as Context;

describe('grades on a form', () => {
  test.each([
    ['zh', 'regular', '普通'],
    ['en', 'vip', 'VIP'],
    ['zh', 'gone', 'gone'],
    ['zh', null, null],
  ] as const)('in %s %s is %s', (language, grade, name) =>
    expect(gradeName(ctx(language), grade)).toBe(name),
  );

  test('stand from the best to the least, those that are gone last', () => {
    const ordered = ['gone', 'regular', 'vip'].sort(
      (a, b) => gradeRank(ctx('zh'), a) - gradeRank(ctx('zh'), b),
    );
    expect(ordered).toEqual(['vip', 'regular', 'gone']);
  });
});

import { describe, expect, test } from 'vitest';
import { bodyOf, draftOf, gradesInWords, isReady, withPlaceholder } from './plan.ts';

describe('a plan in its editor', () => {
  test('comes out as it went in', () => {
    const plan = {
      name: '重点客户生日',
      occasion: 'festival',
      festival: 'midAutumn',
      action: 'call',
      grades: 'A,B',
      segment: { id: 's', title: '华东' },
      leadDays: 3,
      assignee: null,
      text: '{name}',
      active: false,
    };
    expect(bodyOf(draftOf(plan))).toEqual({ ...plan, segment: 's' });
  });

  test.each([
    ['A，B、C', ['A', 'B', 'C']],
    ['', []],
    [null, []],
  ])('grades %j are read as %j', (grades, read) => expect(draftOf({ grades }).grades).toEqual(read));

  test.each([
    ['vip,regular', 'VIP、普通'],
    ['regular，gone', '普通、gone'],
    [null, ''],
  ])('grades %j are said as %j', (grades, said) =>
    expect(
      gradesInWords(grades, [
        { value: 'vip', label: 'VIP' },
        { value: 'regular', label: '普通' },
      ]),
    ).toBe(said),
  );

  test('another occasion has no festival', () => {
    expect(bodyOf(draftOf({ occasion: 'birthday', festival: 'midAutumn' })).festival).toBeNull();
  });

  test.each([
    [{ name: ' ' }, false],
    [{ name: '生日' }, true],
    [{ name: '中秋', occasion: 'festival' }, false],
    [{ name: '中秋', occasion: 'festival', festival: 'midAutumn' }, true],
  ])('%j can be saved: %j', (plan, ready) => expect(isReady(draftOf(plan))).toBe(ready));

  test('a placeholder stands where the caret was', () => {
    expect(withPlaceholder('，您好', 0, 'name')).toBe('{name}，您好');
  });
});

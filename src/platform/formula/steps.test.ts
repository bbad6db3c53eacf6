import { describe, expect, test } from 'vitest';
import { parseSteps } from './steps.ts';

const VALUES = new Map<string, string | null>([
  ['实际', '90'],
  ['目标', '120'],
  ['零', '0'],
]);
const known = new Set(VALUES.keys());
const result = (text: string) => parseSteps(text, known).evaluate(VALUES);

describe('formulas line by line', () => {
  test.each<[string, string]>([
    ['实际 / 目标', '0.75'],
    ['达成率 = 实际 / 目标 * 100', '75'],
    ['达成率 = 实际 / 目标 * 100\n最小(达成率, 60)', '60'],
    ['甲 = 1；乙 = 甲 + 1；甲 + 乙', '3'],
    ['[完成 率] = 实际 / 目标\n如果([完成 率] >= 0.7, 100, 0)', '100'],
    ['实际 = 5\n实际 * 2', '10'],
    ['如果 实际 = 90 则 1 否则 2', '1'],
  ])('%j is %s', (text, value) => {
    expect(result(text)).toMatchObject({ value });
  });

  test('tells what was given a name, and names what it needs from outside', () => {
    const text = '达成率 = 实际 / 目标 * 100\n得分 = 最小(达成率, 120)\n得分';
    expect(parseSteps(text, known).names).toEqual(['实际', '目标']);
    expect(result(text).steps).toEqual([
      { name: '达成率', value: '75' },
      { name: '得分', value: '75' },
    ]);
  });

  test('the step that gives no number says why', () => {
    expect(result('甲 = 实际 / 零\n甲 + 1')).toEqual({
      steps: [{ name: '甲', value: null }],
      value: null,
      problem: { code: 'formula_divides_by_zero' },
    });
  });

  test.each<[string, string, number]>([
    ['甲 = 1\n乙丙 + 1', 'formula_unknown_name', 6],
    ['乙 = 甲\n甲 = 1', 'formula_unknown_name', 4],
    ['甲 = 1\n甲 + "a"', 'formula_bad', 10],
    ['', 'formula_bad', 0],
    ['甲 =', 'formula_bad', 3],
  ])('%j is refused: %s at %i', (text, code, at) => {
    expect(() => parseSteps(text, known)).toThrow(
      expect.objectContaining({ code, params: expect.objectContaining({ at }) }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFormula } from './formula.ts';

const VALUES = new Map<string, string | null>([
  ['回款', '90.10'],
  ['回款目标', '100'],
  ['新客户', '3'],
  ['毛利 率', '0.25'],
  ["it's", '7'],
  ['零', '0'],
  ['无', null],
]);
const known = new Set(VALUES.keys());
const result = (text: string) => parseFormula(text, known).evaluate(VALUES);

describe('a formula', () => {
  test.each<[string, string]>([
    ['1 + 2 * 3', '7'],
    ['（1＋2）×３', '9'],
    ['0.1 + 0.2', '0.3'],
    ['回款 / 回款目标', '0.901'],
    ['回款÷回款目标×60', '54.06'],
    ['[毛利 率] * 100', '25'],
    ["[it's] * 2", '14'],
    ['60%', '0.6'],
    ['回款 * 12.5 %', '11.2625'],
    ['-回款 - -1', '-89.1'],
    ['最小(回款 / 回款目标, 1.2) * 60 + 最大(新客户, 5)', '59.06'],
    ['如果 新客户 >= 3 则 40 否则 0', '40'],
    ['if 新客户 ≥ 3 and 回款 < 回款目标 then 1 else 2', '1'],
    ['如果 非(新客户 = 3) 或 回款 > 100 则 1 否则 0', '0'],
    ['如果 零 = 0 则 0 否则 回款 / 零', '0'],
    ['如果(零 = 0, 0, 回款 / 零)', '0'],
    ['如果（新客户 > 5，1，如果(回款 > 90, 最大(2, 3), 4)） * 2', '6'],
    ['如果 (新客户 > 1) 则 1 否则 2', '1'],
    ['四舍五入(回款 / 3, 2)', '30.03'],
    ['四舍五入(2.5)', '3'],
    ['取整(回款) + ceil(0.1) + 绝对值(-1)', '92'],
  ])('%s is %s', (text, value) => {
    expect(result(text)).toEqual({ value });
  });

  test.each<[string, string]>([
    ['回款 / 零', 'formula_divides_by_zero'],
    ['回款 / (新客户 - 3)', 'formula_divides_by_zero'],
    ['无 + 1', 'formula_no_value'],
    ['新客户 > 3', 'formula_not_number'],
    ['(新客户 > 3) + 1', 'formula_not_number'],
    ['如果 新客户 则 1 否则 2', 'formula_not_number'],
    [`${'9'.repeat(20)} * ${'9'.repeat(20)}`, 'formula_too_large'],
  ])('%s gives no number: %s', (text, code) => {
    expect(result(text)).toMatchObject({ problem: { code } });
  });

  test.each<[string, string]>([
    ['', 'formula_bad'],
    ['1 +', 'formula_bad'],
    ['(1', 'formula_bad'],
    ['1 ; 2', 'formula_bad'],
    ['如果(1 > 0, 1)', 'formula_bad'],
    ['"a"', 'formula_bad'],
    ['回款 {}', 'formula_bad'],
    ['constructor', 'formula_unknown_name'],
    ['process(1)', 'formula_unknown_name'],
    ['回款额', 'formula_unknown_name'],
    ['1'.repeat(2001), 'formula_bad'],
  ])('%s is refused: %s', (text, code) => {
    expect(() => parseFormula(text, known)).toThrow(expect.objectContaining({ code }));
  });

  test('names what it needs, each once', () => {
    expect(parseFormula('回款 / 回款目标 + 回款', known).names).toEqual(['回款', '回款目标']);
  });

  test('nothing people write does anything but compute or be refused', () => {
    const piece = fc.constantFrom(
      '回款',
      '零',
      '1',
      '.5',
      '(',
      ')',
      '+',
      '/',
      '如果',
      '则',
      '否则',
      ',',
      "'",
      '\\',
      '`',
      '$',
      'constructor',
      '__proto__',
      '[x]',
      '最大',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join(' ');
        try {
          const answer = result(text);
          expect('value' in answer ? answer.value : answer.problem.code).toMatch(/^-?\d|^formula_/);
        } catch (error) {
          expect((error as { code?: string }).code).toMatch(/^formula_/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

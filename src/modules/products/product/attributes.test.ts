import { describe, expect, test } from 'vitest';
import { attributesText, combinations, fitsInto, inOrderOf, parseAttributes } from './attributes.shared.ts';

const read = (text: string) => parseAttributes(text) ?? [];

describe('attributes as people write them', () => {
  test.each([
    ['颜色：红，蓝；尺寸：S，M', '颜色：红，蓝；尺寸：S，M'],
    ['颜色: 红, 蓝; 尺寸: S, M', '颜色：红，蓝；尺寸：S，M'],
    ['颜色：红、蓝、红', '颜色：红，蓝'],
    ['电压：220V\n接口：RS485，以太网', '电压：220V；接口：RS485，以太网'],
    ['比例：1:2，1:4', '比例：1:2，1:4'],
    ['', ''],
  ])('%j is stored as %j', (text, stored) => {
    expect(attributesText(read(text))).toBe(stored);
  });

  test.each(['红', '颜色：', '：红', '颜色：红；颜色：蓝', '颜色：，'])('%j cannot be understood', (text) => {
    expect(parseAttributes(text)).toBeNull();
  });
});

test('every combination once, in the order of the values', () => {
  expect(combinations(read('颜色：红，蓝；尺寸：S，M')).map(attributesText)).toEqual([
    '颜色：红；尺寸：S',
    '颜色：红；尺寸：M',
    '颜色：蓝；尺寸：S',
    '颜色：蓝；尺寸：M',
  ]);
});

test.each([
  ['颜色：红；尺寸：S', true],
  ['尺寸：S；颜色：红', true],
  ['颜色：红', false],
  ['颜色：红，蓝；尺寸：S', false],
  ['颜色：绿；尺寸：S', false],
  ['颜色：红；尺寸：S；材质：钢', false],
])('%s among red and blue, S and M: %s', (text, fits) => {
  const main = read('颜色：红，蓝；尺寸：S，M');
  expect(fitsInto(read(text), main)).toBe(fits);
  if (fits) expect(attributesText(inOrderOf(read(text), main))).toBe('颜色：红；尺寸：S');
});

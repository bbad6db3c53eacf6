import { describe, expect, it } from 'vitest';
import { fold, foldWithMap, isHan } from './fold.ts';

describe('fold', () => {
  it.each([
    ['full width', 'ＡＢＣ１２３（中国）', 'abc123中国'],
    ['case and spaces', ' Acme　Corp ', 'acmecorp'],
    ['middle dots', '阿卜·杜•拉・买', '阿卜杜拉买'],
    ['brackets', '【海康】（杭州）「电子」', '海康杭州电子'],
    ['traditional', '臺灣積體電路製造', '台湾积体电路制造'],
    ['regional variants', '裡裏麵綫衞峯', '里里面线卫峰'],
    ['accents of Latin letters', 'Müller & Söhne', 'muller&sohne'],
    ['kana keeps its voicing', 'がぎ', 'がぎ'],
    ['rare characters stay', '𠮷野家㐂䶮𬸦', '𠮷野家㐂䶮𬸦'],
    ['invisible marks', '海\u200b康\ufeff', '海康'],
    ['nothing', '', ''],
  ])('%s', (_what, written, folded) => {
    expect(fold(written)).toBe(folded);
    expect(fold(fold(written))).toBe(folded);
  });

  it('leads every folded unit back to where it was written', () => {
    const { text, map, breaks } = foldWithMap('海康（杭州）𠮷 Ａ');
    expect(text).toBe('海康杭州𠮷a');
    expect(map).toEqual([0, 1, 3, 4, 6, 7, 9]);
    expect([...breaks]).toEqual([2, 4, 6]);
  });

  it('knows Chinese characters on all planes', () => {
    expect(['杭', '㐂', '𠮷', '〇'].every(isHan)).toBe(true);
    expect(['a', '1', 'が', '（'].some(isHan)).toBe(false);
  });
});

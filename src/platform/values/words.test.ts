import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBirthdayValue } from './birthday.shared.ts';
import { parseBoolean } from './boolean.shared.ts';
import { choiceIndex, parseChoice, parseChoices, splitList } from './choice.ts';
import { parseDate, parseMoment } from './date.shared.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh.json' with { type: 'json' };
import { parseMoney } from './money.shared.ts';
import { parseNumber } from './number.shared.ts';
import { VALUE_CODES } from './result.shared.ts';
import { isNothing, parseText, tidyLine, tidyText } from './text.shared.ts';

describe('text', () => {
  test.each([
    ['\u00a0海康\u3000威视 ', '海康 威视'],
    ['海\u200b康\ufeff', '海康'],
    ['海康\n威视', '海康威视'],
    ['Acme\r\nInc', 'Acme Inc'],
    ['a\tb', 'a b'],
    ['a\u0000b\u0007', 'ab'],
    ['（上海）', '（上海）'],
    ['ＡＢＣ', 'ＡＢＣ'],
    ['👨‍👩', '👨👩'],
  ])('one line %j → %j', (text, expected) => {
    expect(tidyLine(text)).toBe(expected);
  });

  test('several lines keep their breaks', () => {
    expect(tidyText(' 第一行 \r\n\r\n\r\n\u3000第二行\u2028第三行 ')).toBe('第一行\n\n第二行\n第三行');
  });

  test('tidying twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(tidyText(tidyText(text))).toBe(tidyText(text));
        expect(tidyLine(tidyLine(text))).toBe(tidyLine(text));
      }),
    );
  });

  test('limits count characters; damage by a spreadsheet is found', () => {
    expect(parseText('𠀀𠀀', { max: 2 })).toEqual({ ok: true, value: '𠀀𠀀' });
    expect(parseText('海康威视', { max: 3 })).toMatchObject({
      code: 'text_too_long',
      params: { length: 4, max: 3 },
    });
    expect(parseText('1.38E+10')).toMatchObject({ code: 'text_damaged' });
    expect(
      parseText({ kind: 'number', text: '310104199001011008', value: '310104199001011008', lossy: true }),
    ).toMatchObject({ code: 'number_lost_digits' });
    expect(parseText({ kind: 'number', text: '010000', value: '10000', lossy: false })).toEqual({
      ok: true,
      value: '010000',
    });
    expect(parseText(' \u200b ')).toEqual({ ok: true, value: null });
    expect(parseText('-')).toEqual({ ok: true, value: '-' });
  });

  test('marks for nothing', () => {
    expect(['-', '——', ' / ', 'n/a', '暂无', 'NULL', ''].map(isNothing)).not.toContain(false);
    expect(['0', '否', '不', 'x'].map(isNothing)).not.toContain(true);
  });
});

test.each([
  ['是', true],
  ['有', true],
  ['√', true],
  ['✔️', true],
  ['Y', true],
  ['ＹＥＳ', true],
  ['true', true],
  ['1', true],
  ['否', false],
  ['无', false],
  ['×', false],
  ['n', false],
  ['FALSE', false],
  ['0', false],
  ['x', false],
  ['', null],
  ['也许', 'boolean_unreadable'],
  ['2', 'boolean_unreadable'],
])('boolean %s → %s', (text, expected) => {
  const parsed = parseBoolean(text);
  expect(parsed.ok ? parsed.value : parsed.code).toBe(expected);
});

describe('choices', () => {
  const index = choiceIndex([
    { value: 'company', words: ['公司', 'Company', '企业'] },
    { value: 'person', words: ['个人', 'Person'] },
    { value: 'other', words: ['其他/未知', 'Other', '企业'] },
    { value: 'tw', words: ['台湾'] },
  ]);

  test.each([
    ['公司', 'company'],
    ['ＣＯＭＰＡＮＹ', 'company'],
    [' com pany ', 'company'],
    ['person', 'person'],
    ['其他/未知', 'other'],
    ['臺灣', 'tw'],
    ['', null],
    ['—', null],
    ['企业', 'choice_ambiguous'],
    ['火星', 'choice_unknown'],
  ])('%s → %s', (text, expected) => {
    const parsed = parseChoice(text, index);
    expect(parsed.ok ? parsed.value : parsed.code).toBe(expected);
  });

  test('a message names the choices', () => {
    expect(parseChoice('火星', index)).toMatchObject({
      params: { text: '火星', choices: '公司、个人、其他/未知、台湾' },
    });
  });

  test.each([
    ['公司、个人', ['company', 'person']],
    ['公司，Person', ['company', 'person']],
    ['公司;个人；公司', ['company', 'person']],
    ['公司|个人', ['company', 'person']],
    ['公司\n个人', ['company', 'person']],
    ['其他/未知', ['other']],
    ['', null],
    ['、', null],
    ['公司、火星', 'choice_unknown'],
  ])('several: %s', (text, expected) => {
    const parsed = parseChoices(text, index);
    expect(parsed.ok ? parsed.value : parsed.code).toEqual(expected);
  });

  test('lists', () => {
    expect(splitList('a、b，,c; d ；e|f/g\nh')).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  });
});

test.each([
  ['农历八月十五', 'lunar:--08-15'],
  ['1990年3月5日', '1990-03-05'],
  ['3月5日', '--03-05'],
  ['33668', '1992-03-05'],
  ['5-Mar-1990', '1990-03-05'],
  ['3/5/1990', 'date_ambiguous'],
  ['', null],
  ['春天', 'birthday_unreadable'],
])('birthday %s → %s', (text, expected) => {
  const parsed = parseBirthdayValue(text);
  expect(parsed.ok ? parsed.value : parsed.code).toBe(expected);
});

test('nothing people can write makes a parser throw', () => {
  const unit = fc.constantFrom(
    ...'0123456789.,-/:()年月日万亿元¥$%TZ 农历闰八初十五下午点半PMmar+Ee海\n\u00a0'.split(''),
  );
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit, maxLength: 24 }), fc.string({ unit: 'binary' })), (text) => {
      for (const parsed of [
        parseDate(text),
        parseDate(text, { order: 'dmy' }),
        parseMoment(text, 'Asia/Shanghai'),
        parseNumber(text),
        parseNumber(text, { decimalSign: 'comma' }),
        parseMoney(text, 'CNY'),
        parseBoolean(text),
        parseText(text),
        parseBirthdayValue(text),
      ]) {
        if (!parsed.ok) expect(VALUE_CODES).toContain(parsed.code);
      }
    }),
    { numRuns: 3000 },
  );
});

test('every code has a Chinese and an English text with the same parameters', () => {
  const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  const codes = [...VALUE_CODES].sort();
  expect([Object.keys(zh).sort(), Object.keys(en).sort()]).toEqual([codes, codes]);
  for (const code of codes)
    expect([code, new Set(places(zh[code]))]).toEqual([code, new Set(places(en[code]))]);
});

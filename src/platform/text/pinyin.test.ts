import { describe, expect, it } from 'vitest';
import { beginsSyllable, primaryReadings, readingsOf, SYLLABLES } from './pinyin.ts';
import { sortKey } from './sort-key.ts';

describe('readingsOf', () => {
  it.each([
    ['重', ['zhong', 'chong']],
    ['单', ['dan', 'shan', 'chan']],
    ['仇', ['chou', 'qiu']],
    ['查', ['cha', 'zha']],
    ['尉', ['wei', 'yu']],
    ['万', ['wan', 'mo']],
    ['俟', ['si', 'qi']],
    ['行', ['xing', 'hang', 'heng']],
    ['厦', ['sha', 'xia']],
    ['绿', ['lv', 'lu']],
  ])('%s is read in every way', (char, expected) => {
    expect(readingsOf(char)).toEqual(expect.arrayContaining(expected));
  });

  it('is empty for what is not Chinese', () => {
    expect(readingsOf('a')).toEqual([]);
    expect(readingsOf('1')).toEqual([]);
  });

  it('gives syllables only', () => {
    for (let code = 0x4e00; code < 0x9fa5; code += 7)
      for (const reading of readingsOf(String.fromCharCode(code))) expect(SYLLABLES.has(reading)).toBe(true);
  });
});

describe('primaryReadings', () => {
  it.each([
    ['重庆', false, 'chong qing'],
    ['单雄信', true, 'shan xiong xin'],
    ['尉迟恭', true, 'yu chi gong'],
    ['万俟卨', true, 'mo qi xie'],
    ['仇英', true, 'qiu ying'],
    ['查良镛', true, 'zha liang yong'],
    ['单位', false, 'dan wei'],
  ])('%s (person: %s)', (text, person, expected) => {
    expect(primaryReadings(text, { person }).join(' ')).toBe(expected);
  });

  it('knows beginnings of syllables', () => {
    expect(['h', 'ha', 'zh', 'zhuan'].every(beginsSyllable)).toBe(true);
    expect(['i', 'v', 'hz', 'hangz'].some(beginsSyllable)).toBe(false);
  });
});

describe('sortKey', () => {
  const sorted = (names: string[], person = false) =>
    names.toSorted((a, b) =>
      Buffer.compare(Buffer.from(sortKey(a, { person })), Buffer.from(sortKey(b, { person }))),
    );

  it('puts digits and Latin letters first, then Chinese by pinyin', () => {
    expect(sorted(['重庆', '杭州', 'Zeta', '3M', '安徽', 'acme'])).toEqual([
      '3M',
      'acme',
      'Zeta',
      '安徽',
      '重庆',
      '杭州',
    ]);
  });

  it('sorts a shorter syllable before a longer one whatever follows', () => {
    expect(sorted(['杭州', '韩州', '汉中', '航'])).toEqual(['汉中', '韩州', '航', '杭州']);
  });

  it('files persons under the reading of their surname', () => {
    expect(sorted(['单雄信', '邓超', '沈冰', '万俟卨', '王明'], true)).toEqual([
      '邓超',
      '万俟卨',
      '单雄信',
      '沈冰',
      '王明',
    ]);
    expect(sortKey('单雄信', { person: true })).toContain('shan');
  });

  it('orders the same sounds by their characters, stably', () => {
    expect(sortKey('张三')).not.toBe(sortKey('章三'));
    expect(sortKey('張三')).toBe(sortKey('张三'));
  });

  it('is never null and never longer than an index row', () => {
    expect(sortKey('')).toBe('');
    expect(Buffer.byteLength(sortKey('重'.repeat(5000)))).toBeLessThan(1000);
  });
});

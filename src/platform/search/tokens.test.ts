import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from './query.ts';
import { segmentLetters } from './segment.ts';
import { entityCode, KIND, tokensFor } from './tokens.ts';
import { allOf, anyOf, renderQuery } from './tsquery.ts';
import type { SearchClass, SearchSource } from './types.ts';

const source = (more: Partial<SearchSource>): SearchSource => ({
  entity: 'customer',
  id: '0198c0de-0000-7000-8000-000000000001',
  title: '',
  names: [],
  ...more,
});
const code = entityCode('customer');
const tokens = (more: Partial<SearchSource>) => tokensFor(source(more)).tokens.map((token) => token.slice(2));
const ofKind = (more: Partial<SearchSource>, kind: string) =>
  tokens(more).flatMap((token) => (token[0] === kind ? [token.slice(1)] : []));

describe('tokensFor', () => {
  const name = { names: [{ text: '杭州海康电子有限公司' }] };

  it('gives pairs, syllables and initials of the own name, none of the legal form', () => {
    expect(ofKind(name, KIND.pair)).toEqual(['杭州', '州海', '海康', '康电', '电子', '子']);
    expect(ofKind(name, KIND.syllables)).toEqual(
      expect.arrayContaining(['hang.zhou', 'hai.kang', 'dian.zi', 'zi.']),
    );
    expect(ofKind(name, KIND.syllables)).not.toContain('you.xian');
    expect(ofKind(name, KIND.initials)).toEqual(expect.arrayContaining(['hzh', 'zhk', 'hkd']));
    expect(ofKind(name, KIND.coreStart)).toEqual(['海康']);
    expect(ofKind(name, KIND.exact)).toEqual(['杭州海康电子有限公司', '海康']);
    expect(ofKind(name, KIND.coreReading)[0]).toBe('haikang');
    expect(ofKind(name, KIND.ownInitials)).toEqual(['hk.']);
    expect(ofKind(name, KIND.placedInitials)).toEqual(['hzhk.']);
    expect(ofKind({ names: [{ text: '宁波海康威视兄弟有限公司' }] }, KIND.ownInitials)).toEqual(['hkws']);
  });

  it('takes every reading', () => {
    const syllables = ofKind({ names: [{ text: '重庆单家' }] }, KIND.syllables);
    expect(syllables).toEqual(expect.arrayContaining(['chong.qing', 'zhong.qing', 'dan.jia', 'shan.jia']));
  });

  it('gives Latin words and their inner groups of three', () => {
    const latin = { names: [{ text: 'Acme-Tech 3M' }] };
    expect(ofKind(latin, KIND.word)).toEqual(['acme', 'tech', '3m']);
    expect(ofKind(latin, KIND.wordGram)).toEqual(['cme', 'ech']);
  });

  it('writes each class under its own letter', () => {
    expect(tokens({ phones: ['138-1234'] })).toEqual(['p1381', 'p3812', 'p8123', 'p1234']);
    expect(ofKind({ mails: ['a.bc@x1.com'] }, KIND.mailWord)).toEqual(['a', 'bc', 'x1']);
    expect(ofKind({ numbers: ['KH-2026-0012'] }, KIND.number)).toEqual(['kh20260012', '012', '0012']);
    expect(ofKind({ cities: ['重庆市'] }, KIND.city)).toEqual(
      expect.arrayContaining(['重庆', 'chongqing', 'zhongqing', 'cq', 'zq']),
    );
    expect(tokens({ texts: ['海康'] }).every((token) => token[0] === KIND.text)).toBe(true);
  });

  it('carries the scope, each holder once', () => {
    const owner = '0198c0de-0002-7000-8000-000000000001';
    const held = tokens({
      ownerId: owner,
      rootOwnerId: owner,
      departmentId: '0198c0de-0003-7000-8000-000000000001',
    });
    expect(held.map((token) => token[0])).toEqual([KIND.owner, KIND.department]);
  });

  it('keeps kinds of records apart', () => {
    expect(entityCode('customer')).not.toBe(entityCode('contact'));
    expect(
      tokensFor(source({ names: [{ text: '海康' }] })).tokens.every((token) => token.startsWith(code)),
    ).toBe(true);
  });

  it('stays small whatever a text holds', () => {
    const long = tokensFor(source({ texts: ['海康威视'.repeat(10_000), 'word '.repeat(10_000)] }));
    expect(long.tokens.length).toBeLessThan(500);
    expect(long.detail.length).toBeLessThan(10_000);
  });
});

describe('segmentLetters', () => {
  const read = (letters: string, atEnd = false) =>
    segmentLetters(letters, atEnd).map((pieces) => pieces.map((piece) => piece.text).join(' '));

  it.each([
    ['hangzhou', 'hang zhou'],
    ['hzhk', 'h z h k'],
    ['hangzhouhk', 'hang zhou h k'],
    ['xian', 'xi an'],
    ['xian', 'xian'],
    ['xianefeng', 'xi an e feng'],
    ['ha', 'h a'],
    ['kazlswkj', 'k a z l s w k j'],
    ['lue', 'lve'],
    ['zhg', 'zh g'],
    ['3m', '3 m'],
  ])('%s may be %s', (letters, expected) => expect(read(letters)).toContain(expected));

  it('takes an unfinished syllable at the end only', () => {
    expect(read('haikan', true)[0]).toBe('hai kan');
    expect(read('haizho', true)).toContain('hai zho');
    expect(read('haizho', false)).not.toContain('hai zho');
    expect(segmentLetters('haikan', true)[0]?.at(-1)?.kind).toBe('beginning');
  });

  it('knows no syllable that begins with i, u or v', () => expect(read('ivu')).toEqual([]));

  it('stays quick on long runs', () => expect(segmentLetters('a'.repeat(5000), true)).toEqual([]));
});

describe('queries', () => {
  it('renders with the code of the entity and escapes', () => {
    const query = allOf([
      anyOf([{ token: "b'a" }, { token: 'c\\' }]),
      undefined,
      { token: 'x', prefix: true },
    ])!;
    expect(renderQuery(query, 'ZZ')).toBe("(('ZZb''a' | 'ZZc\\\\') & 'ZZx':*)");
  });

  it('asks only for tokens of the classes that may be read', () => {
    const kinds: Record<SearchClass, string[]> = {
      name: [
        KIND.pair,
        KIND.syllables,
        KIND.initials,
        KIND.word,
        KIND.wordGram,
        KIND.exact,
        KIND.ownInitials,
      ],
      city: [KIND.city],
      phone: [KIND.phone],
      mail: [KIND.mailWord, KIND.mailGram],
      tax: [KIND.tax],
      number: [KIND.number],
      text: [KIND.text],
    };
    const typed = fc.oneof(
      fc.string(),
      fc.constantFrom('海康 杭州', 'hz海康', '13812341234', 'a.b@c.com', 'KH-2026-1'),
    );
    const classes = fc.subarray(Object.keys(kinds) as SearchClass[]);
    fc.assert(
      fc.property(typed, classes, (q, readable) => {
        const { any } = parseQuery(q, new Set(readable));
        const allowed = new Set([...readable.flatMap((kind) => kinds[kind]), KIND.exact]);
        const asked = any ? [...renderQuery(any, '#').matchAll(/'#(.)/gu)].map(([, kind]) => kind!) : [];
        for (const kind of asked) expect(allowed).toContain(kind);
      }),
    );
  });

  it('reads a number written with spaces as one word', () => {
    const classes = new Set<SearchClass>(['phone']);
    expect(parseQuery('138 1234 1234', classes).words).toHaveLength(1);
    expect(parseQuery('+86 138-1234-1234', classes).words[0]?.digits).toBe('13812341234');
    expect(parseQuery('海康 1234', classes).words).toHaveLength(2);
  });
});

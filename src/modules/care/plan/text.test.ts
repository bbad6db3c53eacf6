import { describe, expect, test } from 'vitest';
import { filledText, unknownPlaceholders } from './text.ts';

const values = { name: '欧阳先生', company: '云鹤', occasion: '中秋', memory: '女儿{name}今年上大学' };

describe('the text of a greeting', () => {
  test.each([
    ['{name}，{occasion}快乐！', '欧阳先生，中秋快乐！'],
    ['{memory}', '女儿{name}今年上大学'],
    ['{name}{name}', '欧阳先生欧阳先生'],
    ['没有要填的 { }', '没有要填的 { }'],
    ['', ''],
  ])('%s', (text, filled) => expect(filledText(text, values)).toBe(filled));

  test.each<[string, string[]]>([
    ['{name} {company} {occasion} {memory}', []],
    ['{Name} {phone} {phone} {}', ['Name', 'phone', '']],
    ['{toString}', ['toString']],
  ])('%s knows nothing of %j', (text, unknown) => expect(unknownPlaceholders(text)).toEqual(unknown));
});

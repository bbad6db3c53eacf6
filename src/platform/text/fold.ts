import { Converter } from 'opencc-js/t2cn';

/** Folded text with the way back: `map[i]` is the UTF-16 index in the original of the folded unit `i`. */
export interface FoldedText {
  text: string;
  map: number[];
  /** Folded positions before which something (a space, a dot, a bracket) was dropped: where words may begin. */
  breaks: Set<number>;
}

/** Spaces, invisible marks, middle dots and brackets carry no meaning in a name (rules: Names, writing, search). */
const DROPPED =
  /^[\s\p{Cf}\p{Zs}\p{Cc}\p{Variation_Selector}·•・‧∙⋅･˙()[\]{}<>【】「」『』《》〈〉〔〕〖〗﹙﹚﹛﹜“”‘’"']$/u;

/** Folded form per code point; filled as characters are met, so start-up pays nothing. */
const table = new Map<number, string>();
let toSimplified: ((text: string) => string) | undefined;

function simplify(char: string): string {
  if (!toSimplified) {
    const standard = Converter({ from: 't', to: 'cn' });
    const hongKong = Converter({ from: 'hk', to: 'cn' });
    toSimplified = (text) => {
      const converted = standard(text);
      return converted === text ? hongKong(text) : converted;
    };
  }
  return toSimplified(char);
}

function foldCodePoint(code: number): string {
  const char = String.fromCodePoint(code);
  if (code >= 0xd800 && code <= 0xdfff) return char;
  if (DROPPED.test(char)) return '';
  // Accents are dropped from Latin letters only: kana and Hangul would lose their meaning.
  const normal = /\p{Script=Latin}/u.test(char)
    ? char.normalize('NFKD').replace(/\p{M}/gu, '')
    : char.normalize('NFKC');
  let folded = '';
  for (const part of normal.toLowerCase())
    if (!DROPPED.test(part)) folded += code < 0x2e80 ? part : simplify(part);
  return folded;
}

function folded(code: number): string {
  let result = table.get(code);
  if (result === undefined) {
    result = foldCodePoint(code);
    table.set(code, result);
  }
  return result;
}

/**
 * The form in which texts are compared and searched: half width, lower case, simplified, without spaces, dots and
 * brackets. Never store it in place of what a person wrote.
 */
export function fold(text: string): string {
  let result = '';
  for (let index = 0; index < text.length; ) {
    const code = text.codePointAt(index)!;
    result += folded(code);
    index += code > 0xffff ? 2 : 1;
  }
  return result;
}

/** As {@link fold}, with the position of every folded unit in the original text (for highlighting). */
export function foldWithMap(text: string): FoldedText {
  let result = '';
  const map: number[] = [];
  const breaks = new Set<number>();
  for (let index = 0; index < text.length; ) {
    const code = text.codePointAt(index)!;
    const part = folded(code);
    // An apostrophe stands inside a word: it's.
    if (part === '' && code !== 0x27 && code !== 0x2019) breaks.add(result.length);
    // An astral character that stays itself keeps both of its halves apart, so that a range never cuts it.
    const pair = code > 0xffff && part.length === 2;
    for (let unit = 0; unit < part.length; unit += 1) map.push(pair ? index + unit : index);
    result += part;
    index += code > 0xffff ? 2 : 1;
  }
  return { text: result, map, breaks };
}

/** Whether the character is a Chinese one (also rare ones of GB18030 outside the basic plane). */
export function isHan(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return (
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    code === 0x3007 ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0x20000 && code <= 0x323af)
  );
}

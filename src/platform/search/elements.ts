import { companyCore } from '../text/company.ts';
import { foldWithMap, isHan } from '../text/fold.ts';
import { primaryReadings, readingsOf } from '../text/pinyin.ts';
import type { Piece } from './segment.ts';
import type { SearchName } from './types.ts';

/** One character of a folded name with all that may be typed for it. */
export interface NameElement {
  char: string;
  han: boolean;
  /** Readings of a Chinese character; a letter or digit reads as itself; empty for other signs. */
  readings: readonly string[];
  /** Position in the folded name. */
  at: number;
  /** Something was dropped before it, so that a word may begin here. */
  breakBefore: boolean;
}

const merged = new Map<string, readonly string[]>();

/** 乾 is folded to 干 and must be found as gan and as qian. */
function readingsOfBoth(folded: string, written: string): readonly string[] {
  if (folded === written || !isHan(written)) return readingsOf(folded);
  const key = folded + written;
  let readings = merged.get(key);
  if (!readings) {
    readings = [...new Set([...readingsOf(folded), ...readingsOf(written)])];
    merged.set(key, readings);
  }
  return readings;
}

/** The characters of a name as search sees them, with the folded text and its way back. */
export function elementsOf(name: string) {
  const { text, map, breaks } = foldWithMap(name);
  const elements: NameElement[] = [];
  for (let at = 0; at < text.length; ) {
    const char = String.fromCodePoint(text.codePointAt(at)!);
    const han = isHan(char);
    const written = han ? String.fromCodePoint(name.codePointAt(map[at]!)!) : char;
    const readings = han ? readingsOfBoth(char, written) : /[a-z0-9]/.test(char) ? [char] : [];
    elements.push({ char, han, readings, at, breakBefore: breaks.has(at) });
    at += char.length;
  }
  return { text, map, elements };
}

/** The legal forms nearly every company bears: they get no tokens of their own, or each would list the whole base. */
const NOISE_FORMS = [
  '集团股份有限公司',
  '集团有限责任公司',
  '集团有限公司',
  '控股有限公司',
  '有限责任公司',
  '股份有限公司',
  '集团公司',
  '有限公司',
  '分公司',
  '公司',
  '集团',
];
const NOISE_PAIRS = new Set(
  NOISE_FORMS.flatMap((form) => Array.from(form, (_, at) => form.slice(at, at + 2))),
);
const NOISE_TEXT = NOISE_FORMS.join('|');

/** Whether two neighbouring characters belong to a legal form. */
export const isNoisePair = (pair: string): boolean => NOISE_PAIRS.has(pair) && pair.length === 2;

const NOISE_HEADS = new Set(NOISE_FORMS.map((form) => form[0]));

/** Whether a legal form may begin with the character: names get no tokens across that edge. */
export const mayBeginNoise = (char: string): boolean => NOISE_HEADS.has(char);

/** 有限公司 as it is typed in pinyin. */
const NOISE_READINGS = NOISE_FORMS.map((form) => primaryReadings(form));

/** Whether the pieces read as the beginning of a legal form: you xian, yxgs. */
export const readsAsNoise = (pieces: readonly Piece[]): boolean =>
  NOISE_READINGS.some(
    (readings) =>
      pieces.length <= readings.length &&
      pieces.every(({ kind, text }, at) =>
        kind === 'syllable' ? readings[at] === text : kind === 'beginning' && readings[at]!.startsWith(text),
      ),
  );

/** Whether the whole needle is part of a legal form: 有限公司, 公, 股份. It tells nothing about any company. */
export const isNoise = (needle: string): boolean => needle !== '' && NOISE_TEXT.includes(needle);

export interface NameShape {
  coreStart: number;
  core: string;
  /** Core with its trade words: what a needle may be the beginning of. */
  ownPart: string;
  /** Folded position from which only legal forms follow. */
  noiseFrom: number;
}

/** Where the own part of a name lies. */
export function shapeOf(name: SearchName, folded: string): NameShape {
  if (name.person) return { coreStart: 0, core: folded, ownPart: folded, noiseFrom: folded.length };
  const parts = companyCore(name.text);
  const noisy = parts.branch === '' && NOISE_FORMS.includes(parts.legal);
  return {
    coreStart: parts.coreStart,
    core: parts.core,
    ownPart: folded.slice(parts.coreStart, parts.legalStart),
    noiseFrom: noisy ? parts.legalStart : folded.length,
  };
}

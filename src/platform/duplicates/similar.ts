import { readingsOf } from '../text/pinyin.ts';

/** The characters in an order of their own: the same for 海康杭州 and 杭州海康. */
export const sorted = (text: string): string => Array.from(text).sort().join('');

const syllable = new Map<string, string>();

/**
 * How a text sounds, character by character: each by its most usual reading, so that a wrong character of the same sound
 * changes nothing. What is not Chinese stands for itself.
 */
export function sounds(text: string): string[] {
  return Array.from(text, (char) => {
    let sound = syllable.get(char);
    if (sound === undefined) {
      sound = readingsOf(char)[0] ?? char;
      syllable.set(char, sound);
    }
    return sound;
  });
}

/** One slip of the hand between two texts: a character wrong, missing or too many, or two neighbours swapped. */
export interface Slip {
  /** Where it stands in the first and in the second text. */
  at: [number, number];
  /** What stands there in each; one is empty where a character is missing. */
  chars: [string, string];
}

/** The one slip that makes `b` of `a`; null when they are equal or differ by more. */
export function slipBetween(a: string, b: string): Slip | null {
  const one = Array.from(a);
  const two = Array.from(b);
  if (a === b || Math.abs(one.length - two.length) > 1) return null;
  let head = 0;
  while (head < one.length && head < two.length && one[head] === two[head]) head += 1;
  let tail = 0;
  while (
    tail < one.length - head &&
    tail < two.length - head &&
    one[one.length - 1 - tail] === two[two.length - 1 - tail]
  )
    tail += 1;
  const left = one.slice(head, one.length - tail);
  const right = two.slice(head, two.length - tail);
  const swapped = left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
  if (!swapped && (left.length > 1 || right.length > 1)) return null;
  return { at: [head, head], chars: [left.join(''), right.join('')] };
}

/** Characters that tell things apart by counting or direction: 一店 and 二店 are two shops, M6 and M8 two screws. */
const TELLING = /[0-9a-z一二三四五六七八九十百千甲乙丙丁东南西北中上下左右新老大小]/;

/** Whether a slip stands where one character makes another thing. A missing one makes none. */
export const isTelling = ({ chars: [one, two] }: Slip): boolean =>
  one.length === 1 && two.length === 1 && TELLING.test(one) && TELLING.test(two);

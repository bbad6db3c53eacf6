import { fold } from '../text/fold.ts';
import { done, failed, type Parsed, type Written, writtenText } from './result.shared.ts';
import { isNothing, tidyLine } from './text.shared.ts';

/** A choice with the texts people may know it by: labels of every language, synonyms. */
export type ChoiceWords = { value: string; words: readonly string[] };

/** Looks up what people wrote; made once per field and column, used for every row. */
export type ChoiceIndex = { byWord: ReadonlyMap<string, readonly string[]>; words: readonly string[] };

export function choiceIndex(choices: readonly ChoiceWords[]): ChoiceIndex {
  const byWord = new Map<string, string[]>();
  const add = (word: string, value: string) => {
    const key = fold(word);
    const values = byWord.get(key) ?? [];
    if (key !== '' && !values.includes(value)) byWord.set(key, [...values, value]);
  };
  for (const { value, words } of choices) for (const word of words) add(word, value);
  // The key itself always means itself, whatever labels say.
  for (const { value } of choices) byWord.set(fold(value), [value]);
  return { byWord, words: choices.map(({ value, words }) => words[0] ?? value) };
}

function lookUp(index: ChoiceIndex, text: string): Parsed<string> {
  const values = index.byWord.get(fold(text)) ?? [];
  const choices = index.words.slice(0, 12).join('、');
  if (values.length === 1) return done(values[0] as string);
  return failed(values.length === 0 ? 'choice_unknown' : 'choice_ambiguous', text, { choices });
}

/** One choice by key or label, width, case, spaces and 繁简 folded. */
export function parseChoice(written: Written, index: ChoiceIndex): Parsed<string> {
  const text = writtenText(written);
  if (typeof text !== 'string') return text;
  const line = tidyLine(text);
  if (line === '') return done<string>(null);
  const found = lookUp(index, line);
  return !found.ok && isNothing(line) ? done<string>(null) : found;
}

const SEPARATORS = /[、，,;；|/\n]+/;

/** Splits what people write for several values; each part is tidied, empty ones are left out. */
export function splitList(text: string): string[] {
  return text
    .split(SEPARATORS)
    .map(tidyLine)
    .filter((part) => part !== '');
}

/** Several choices, separated by 、 ， , ; ； | / or line ends; a label that itself contains one is tried whole. */
export function parseChoices(written: Written, index: ChoiceIndex): Parsed<string[]> {
  const text = writtenText(written);
  if (typeof text !== 'string') return text;
  const whole = parseChoice(text, index);
  if (whole.ok) return done(whole.value === null ? null : [whole.value]);
  const values: string[] = [];
  for (const part of splitList(text)) {
    const found = lookUp(index, part);
    if (!found.ok) return found;
    if (found.value !== null && !values.includes(found.value)) values.push(found.value);
  }
  return done(values.length === 0 ? null : values);
}

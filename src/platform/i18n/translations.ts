import { readFileSync } from 'node:fs';
import type { Labels } from '../entity/types.ts';

/** Flat keys such as `customer.name` → text, in each language. Chinese is the first language. */
export interface Translations {
  zh: Record<string, string>;
  en: Record<string, string>;
}

export type Language = keyof Translations;

/** Reads `zh.json` and `en.json` of each folder into one table. A key defined twice is a mistake of ours and throws. */
export function loadTranslations(folders: readonly URL[]): Translations {
  const words: Translations = { zh: {}, en: {} };
  for (const folder of folders) {
    for (const language of ['zh', 'en'] as const) {
      const texts = JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8')) as Record<
        string,
        string
      >;
      for (const [key, text] of Object.entries(texts)) {
        if (key in words[language])
          throw new Error(`translation ${key} is defined twice (${folder.pathname})`);
        words[language][key] = text;
      }
    }
  }
  return words;
}

/** Both languages of a key; a missing one shows as the key itself, which a test finds. */
export function labelsOf(words: Translations, key: string): Labels {
  return { zh: words.zh[key] ?? key, en: words.en[key] ?? key };
}

/** A `a|b|c` entry as a list, both languages together. */
export function translationList(words: Translations, key: string): string[] {
  return [words.zh[key], words.en[key]].flatMap((text) => text?.split('|') ?? []);
}

/** The text of a key with `{name}` placeholders filled in. */
export function translate(
  words: Translations,
  language: Language,
  key: string,
  params: Record<string, unknown> = {},
): string {
  const text = words[language][key] ?? words.zh[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

/** The text of an expected failure; rooms that also work without the house keep their codes bare. */
export function errorText(
  words: Translations,
  language: Language,
  code: string,
  params: Record<string, unknown> = {},
): string {
  const known = [`error.${code}`, code].find((key) => key in words[language]);
  return translate(words, language, known ?? 'error.invalid', params);
}

/** Picks the language a person asked for: their own setting, else the browser's, else Chinese. */
export function chooseLanguage(wanted: string | null | undefined): Language {
  const first = wanted?.split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return first?.find((code): code is Language => code === 'zh' || code === 'en') ?? 'zh';
}

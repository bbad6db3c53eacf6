import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from './texts-en.ts';
import zh from './texts-zh.ts';

const SRC = new URL('../../', import.meta.url).pathname;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const uiFolders = readdirSync(join(SRC, 'modules'), { withFileTypes: true })
  .map((module) => join(SRC, 'modules', module.name, 'ui'))
  .filter((folder) => {
    try {
      return readdirSync(folder).length > 0;
    } catch {
      return false;
    }
  });
const files = [join(SRC, 'web'), ...uiFolders].flatMap(sources);
const texts = files.map((path) => ({ name: path.slice(SRC.length), source: readFileSync(path, 'utf8') }));

/** Every string that looks like a text key of ours, wherever it stands: in `t(…)`, a table, a condition. */
const keys = new Set(Object.keys(zh));
const heads = new Set([...keys].filter((key) => key.includes('.')).map((key) => key.split('.')[0]));
const called = /\b(?:t|say)\(\s*'([^']+)'/g;
const conditional = /\b(?:t|say)\(\s*[^'"`(),]*\?\s*'([^']+)'\s*:\s*'([^']+)'/g;
const built = /\b(?:t|say|exists)\(\s*`([\w.]+\.)\$\{/g;

describe('texts of the browser', () => {
  it('stand in both languages, none empty', () => {
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(zh).toSorted());
    for (const [key, text] of [...Object.entries(zh), ...Object.entries(en)]) expect(text, key).not.toBe('');
  });

  it('have one meaning: no two modules call something by the same key', () => {
    const owners = new Map<string, string>();
    for (const folder of [join(SRC, 'web/i18n'), ...uiFolders].filter((each) =>
      existsSync(join(each, 'zh.json')),
    ))
      for (const key of Object.keys(JSON.parse(readFileSync(join(folder, 'zh.json'), 'utf8')))) {
        expect([key, owners.get(key)]).toEqual([key, undefined]);
        owners.set(key, folder.slice(SRC.length));
      }
  });

  it('have the same placeholders in both languages', () => {
    const placeholders = (text: string) =>
      [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted();
    for (const key of keys) {
      expect(placeholders(en[key] ?? ''), key).toEqual(placeholders(zh[key] ?? ''));
    }
  });

  it('name their placeholders in single braces, and have no other braces', () => {
    for (const [key, text] of [...Object.entries(zh), ...Object.entries(en)])
      expect(text.replace(/\{\w+\}/g, ''), key).not.toMatch(/[{}]/);
  });

  it('English has no Chinese in it, but for names of languages and of the product', () => {
    const allowed = new Set(['language.zh', 'app.title', 'app.latin', 'fields.optionsHint']);
    const chinese = Object.entries(en).filter(
      ([key, text]) => /\p{Script=Han}/u.test(text) && !allowed.has(key),
    );
    expect(chinese).toEqual([]);
  });

  it.each(texts.map(({ name, source }) => [name, source]))(
    '%s uses only keys that exist',
    (_name, source) => {
      const used = [
        ...[...source.matchAll(called)].map((match) => match[1] as string),
        ...[...source.matchAll(conditional)].flatMap((match) => [match[1] as string, match[2] as string]),
      ];
      expect(used.filter((key) => !keys.has(key))).toEqual([]);
      const prefixes = [...source.matchAll(built)].map((match) => match[1] as string);
      expect(prefixes.filter((prefix) => ![...keys].some((key) => key.startsWith(prefix)))).toEqual([]);
    },
  );

  it.each(texts.map(({ name, source }) => [name, source]))(
    '%s holds no Chinese of its own',
    (_name, source) => {
      expect(source.match(/\p{Script=Han}+/gu)).toBeNull();
    },
  );

  it('are all used', () => {
    const all = texts.map(({ source }) => source).join('\n');
    const prefixes = [...all.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] as string);
    const unused = [...keys].filter(
      (key) => !all.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
    expect(heads.size).toBeGreaterThan(20);
  });
});

import type { Labels } from '../entity/types.ts';
import type { PaperField, PaperShape } from './paper.ts';

/** A placeholder people write, and what it stands for. */
export interface Placeholder {
  /** As it is written in each language, without braces. */
  written: Labels;
  /** `customer.name`, or `lines/name` within a loop. */
  key: string;
  loop: string | null;
  label: Labels;
  /** Understood as well. */
  also: readonly string[];
}

/** Ways to write one field: an amount plain, in capitals, as a bare number. */
const WAYS: Record<PaperField['kind'], readonly (readonly [key: string, zh: string, en: string])[]> = {
  text: [],
  flag: [],
  money: [
    ['.capitals', '大写', 'capitals'],
    ['.number', '数字', 'number'],
  ],
  date: [['.long', '中文', 'long']],
};

/** Every paper has them. */
const COMMON: readonly PaperField[] = [
  { name: 'company', label: { zh: '公司', en: 'Company' }, kind: 'text' },
  { name: 'printedOn', label: { zh: '打印日期', en: 'Printed on' }, kind: 'date' },
  { name: 'printedBy', label: { zh: '打印人', en: 'Printed by' }, kind: 'text' },
  { name: 'seal', label: { zh: '印章', en: 'Seal' }, kind: 'text' },
  { name: 'logo', label: { zh: '标志', en: 'Logo' }, kind: 'text' },
  { name: 'priced', label: { zh: '含价格', en: 'With prices' }, kind: 'flag' },
];
const NUMBER: PaperField = { name: 'no', label: { zh: '序号', en: 'No' }, kind: 'text' };

/** What a label is called between braces: signs that mean something there are left out. */
export const plainName = (label: string): string => label.replace(/[\s{}.#/^@<>=\\-]/g, '');

const both = (labels: Labels, change: (text: string, language: 'zh' | 'en') => string): Labels => ({
  zh: change(labels.zh, 'zh'),
  en: change(labels.en, 'en'),
});

/** All placeholders of a kind of paper, in the order in which people look for them. */
export function placeholdersOf(shape: PaperShape): Placeholder[] {
  const list: Placeholder[] = [];
  const add = (fields: readonly PaperField[], before: Labels, path: string, loop: string | null) => {
    const used = { zh: new Set<string>(), en: new Set<string>() };
    for (const field of fields) {
      const name = both(field.label, (text, language) => {
        const plain = plainName(text) || field.name;
        // Two fields of one name: the second says which it is.
        const own = used[language].has(plain) ? `${plain}(${field.name})` : plain;
        used[language].add(own);
        return before[language] + own;
      });
      const key = `${loop ? `${loop}/` : ''}${path}${field.name}`;
      const names = (ending: readonly string[]) =>
        (field.also ?? []).flatMap((each) =>
          [before.zh, before.en].flatMap((start) => ending.map((end) => start + plainName(each) + end)),
        );
      list.push({ written: name, key, loop, label: field.label, also: names(['']) });
      for (const [way, zh, en] of WAYS[field.kind])
        list.push({
          written: { zh: `${name.zh}.${zh}`, en: `${name.en}.${en}` },
          key: key + way,
          loop,
          also: names([`.${zh}`, `.${en}`]),
          label: both(field.label, (text, language) => `${text} (${language === 'zh' ? zh : en})`),
        });
    }
  };
  const none = { zh: '', en: '' };
  add([...shape.fields, ...COMMON], none, '', null);
  for (const { name, label, fields } of shape.groups)
    add(
      fields,
      both(label, (text) => `${plainName(text)}.`),
      `${name}.`,
      null,
    );
  for (const { name, fields } of shape.loops) add([NUMBER, ...fields], none, '', name);
  return list;
}

/** How a template's words are understood: fields at large, and within each loop. */
export interface Vocabulary {
  /** Names of loops as people write them → loop. */
  loops: ReadonlyMap<string, string>;
  /** The key of what is written, within a loop or outside all of them. */
  keyOf(written: string, loop: string | null): string | undefined;
  all: readonly Placeholder[];
}

/** Both languages are understood, also mixed. */
export function vocabularyOf(shape: PaperShape): Vocabulary {
  const all = placeholdersOf(shape);
  const keys = new Map<string, string>();
  const know = (text: string, { key, loop }: Placeholder) => {
    const name = `${loop ?? ''}/${text}`;
    if (!keys.has(name)) keys.set(name, key);
  };
  for (const each of all) for (const text of [each.written.zh, each.written.en]) know(text, each);
  for (const each of all) for (const text of each.also) know(text, each);
  const loops = new Map<string, string>();
  for (const { name, label } of shape.loops)
    for (const text of [label.zh, label.en]) loops.set(plainName(text), name);
  return {
    loops,
    all,
    keyOf: (written, loop) => (loop ? keys.get(`${loop}/${written}`) : undefined) ?? keys.get(`/${written}`),
  };
}

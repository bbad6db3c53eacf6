import { SaxesParser } from 'saxes';
import type { FieldProblem } from '../errors/problem.ts';
import type { Vocabulary } from './names.ts';

/** What stands between braces, as it was found. */
export interface CheckedTemplate {
  problems: FieldProblem[];
  /** `客户.名称` or `lines/名称` → what it stands for; kept with the template, so that a renamed field prints on. */
  tags: Record<string, string>;
}

interface Paragraph {
  text: string;
  number: number;
}

const MOST_PROBLEMS = 30;
/** Parts whose text is filled in. */
const FILLED =
  /^word\/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$|^docProps\/(core|app)\.xml$/;

export const isFilled = (name: string): boolean => FILLED.test(name);

/** Holds every placeholder of a template against the words there are, and every loop against its end. */
export function checkTemplate(xml: ReadonlyMap<string, string>, words: Vocabulary): CheckedTemplate {
  const checked: CheckedTemplate = { problems: [], tags: {} };
  for (const [name, text] of xml) if (isFilled(name)) checkPart(name, paragraphsOf(text), words, checked);
  return checked;
}

interface Open {
  written: string;
  /** The loop it repeats over; null for a part that is printed or left out. */
  loop: string | null;
  place: Place;
}

interface Place {
  part: string;
  paragraph: number;
  text: string;
}

function checkPart(
  part: string,
  paragraphs: readonly Paragraph[],
  words: Vocabulary,
  { problems, tags }: CheckedTemplate,
): void {
  const open: Open[] = [];
  const tell = (code: string, tag: string, place: Place) => {
    if (problems.length < MOST_PROBLEMS) problems.push({ path: 'file', code, params: { tag, ...place } });
  };
  for (const { text, number } of paragraphs) {
    const place = {
      part: part.replace(/^(word|docProps)\//, '').replace('.xml', ''),
      paragraph: number,
      text: text.trim().slice(0, 60),
    };
    for (const tag of tagsOf(text)) {
      if (tag === null) {
        tell('paper_brace', text.trim().slice(0, 20), place);
        continue;
      }
      const loop = open.findLast((each) => each.loop !== null)?.loop ?? null;
      const [, sign = '', written = ''] = /^([#^/]?)(.*)$/s.exec(tag.trim()) ?? [];
      if (sign === '/') {
        const begun = open.pop();
        if (!begun) tell('paper_loop_unopened', tag, place);
        else if (written.trim() !== '' && written.trim() !== begun.written)
          tell('paper_loop_crossed', begun.written, place);
        continue;
      }
      const name = written.trim();
      const over = words.loops.get(name);
      if (over && sign) {
        if (sign === '#' && loop !== null) tell('paper_loop_nested', name, place);
        tags[name] = over;
        open.push({ written: name, loop: sign === '#' ? over : null, place });
        continue;
      }
      const key = words.keyOf(name, loop);
      if (key === undefined) tell(over ? 'paper_loop_bare' : 'paper_unknown', name, place);
      else if (key === 'seal' && part !== 'word/document.xml') tell('paper_seal_place', name, place);
      else if (key.includes('/')) tags[`${loop}/${name}`] = key;
      else tags[name] = key;
      if (sign) open.push({ written: name, loop: null, place });
    }
    for (const [, tag = ''] of text.matchAll(/｛([^｛｝]{1,40})｝/g))
      if (
        words.keyOf(tag.replace(/^[#/]/, '').trim(), null) ||
        words.loops.has(tag.replace(/^[#/]/, '').trim())
      )
        tell('paper_wide_brace', tag, place);
  }
  for (const { written, place } of open) tell('paper_loop_open', written, place);
}

/** What stands between braces; null for a brace without its other half. */
function* tagsOf(text: string): Generator<string | null> {
  let from = -1;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '{') {
      if (from >= 0) yield null;
      from = at + 1;
    } else if (sign === '}') {
      if (from < 0) yield null;
      else yield text.slice(from, at);
      from = -1;
    }
  }
  if (from >= 0) yield null;
}

/** The text of each paragraph, however Word has cut it into pieces; of the file's properties, of each element. */
function paragraphsOf(xml: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const stack: string[] = [];
  let reading = false;
  let number = 0;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => {
    if (name === 'w:p') {
      number += 1;
      stack.push('');
    } else if (/^(w|a|m):t$/.test(name)) {
      reading = true;
      if (stack.length === 0) stack.push('');
    }
  });
  parser.on('text', (piece) => {
    if (reading && stack.length) stack[stack.length - 1] += piece;
    else if (stack.length === 0 && piece.includes('{')) paragraphs.push({ text: piece, number });
  });
  parser.on('closetag', ({ name }) => {
    if (/^(w|a|m):t$/.test(name)) reading = false;
    if (name !== 'w:p') return;
    const text = stack.pop() ?? '';
    if (/[{}｛]/.test(text)) paragraphs.push({ text, number });
  });
  parser.write(xml).close();
  return paragraphs;
}

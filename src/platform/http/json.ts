import { problem } from '../errors/problem.ts';

/** Deeper than anything people or programs write; to check or print what goes deeper would exhaust the stack. */
const DEEPEST = 100;

/** The content of a JSON body; none when it is empty. Throws `bad_json` (400). */
export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  if (isTooDeep(text)) throw problem('bad_json', { status: 400 });
  try {
    return JSON.parse(text);
  } catch {
    throw problem('bad_json', { status: 400 });
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPENING = new Set([91, 123]);
const CLOSING = new Set([93, 125]);

function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) quoted = true;
    else if (OPENING.has(code)) depth += 1;
    else if (CLOSING.has(code)) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

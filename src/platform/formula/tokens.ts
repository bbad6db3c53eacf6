/** What people write in Chinese, as the language of formulas has it. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['如果', 'if'],
  ['则', 'then'],
  ['那么', 'then'],
  ['否则', 'else'],
  ['且', 'and'],
  ['并且', 'and'],
  ['或', 'or'],
  ['或者', 'or'],
  ['非', 'not'],
  ['最大', 'max'],
  ['最小', 'min'],
  ['四舍五入', 'round'],
  ['取整', 'floor'],
  ['绝对值', 'abs'],
  ...['if', 'then', 'else', 'and', 'or', 'not', 'max', 'min', 'round', 'floor', 'ceil', 'abs'].map(
    (word): [string, string] => [word, word],
  ),
]);

const SIGNS: Readonly<Record<string, string>> = {
  '×': '*',
  '÷': '/',
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '＝': '==',
  '=': '==',
  '，': ',',
  '、': ',',
};

const TOKEN =
  /(?<space>\s+)|(?<number>\d+(?:\.\d+)?)(?<percent>\s*[%％])?|(?<quoted>\[[^[\]\n]{1,60}\])|(?<word>[\p{L}_][\p{L}\p{N}_·]*)|(?<sign>>=|<=|!=|==|[-+*/()<>,=×÷≥≤≠＝，、])/uy;

/** A formula as it is computed, and the names of the values it needs. */
export interface Tokens {
  text: string;
  names: string[];
}

/**
 * Reads a formula as people write it: Chinese words and signs, full or half width, percentages, names of values as they are or in
 * square brackets.
 * @returns where it cannot be read, the place of the first sign that is not understood
 */
export function readFormula(given: string): Tokens | { at: number } {
  const names = new Set<string>();
  const signs: string[] = [];
  let at = 0;
  const source = given.replace(/[（）＋－＊／＜＞．０-９]/g, (sign) => sign.normalize('NFKC'));
  while (at < source.length) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(source)?.groups;
    if (!groups) return { at };
    at = TOKEN.lastIndex;
    const { space, number, percent, quoted, word, sign } = groups;
    if (space) continue;
    if (number) signs.push(percent ? `(${number} / 100)` : number);
    else if (sign) signs.push(SIGNS[sign] ?? sign);
    else if (word && WORDS.has(word)) signs.push(WORDS.get(word) as string);
    else {
      const name = quoted ? quoted.slice(1, -1).trim() : (word as string);
      names.add(name);
      signs.push(`'${name.replace(/[\\']/g, '\\$&')}'`);
    }
  }
  return { text: inWords(signs).join(' '), names: [...names] };
}

/** 如果(condition, one, other), as spreadsheets have it, is the same as 如果 condition 则 one 否则 other. */
function inWords(signs: readonly string[]): string[] {
  const out = [...signs];
  for (const [at, sign] of out.entries()) {
    if (sign !== 'if' || out[at + 1] !== '(') continue;
    const commas: number[] = [];
    let depth = 0;
    let end = at + 1;
    for (; end < out.length; end++) {
      if (out[end] === '(') depth++;
      else if (out[end] === ')' && --depth === 0) break;
      else if (out[end] === ',' && depth === 1) commas.push(end);
    }
    const [first, second, ...more] = commas;
    if (first === undefined || second === undefined || more.length || end === out.length) continue;
    out[at] = '(';
    out[at + 1] = 'if';
    out[first] = 'then';
    out[second] = 'else';
  }
  return out;
}

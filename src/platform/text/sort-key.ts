import { fold, isHan } from './fold.ts';
import { primaryReadings } from './pinyin.ts';

/** Longer texts sort by their beginning; an index row must stay below PostgreSQL's limit. */
const SORTED_CHARACTERS = 64;

/**
 * The key by which a text is ordered under `COLLATE "C"`: Latin letters and digits first, then Chinese by pinyin, then
 * the text itself; '' for an empty text, never null. As `person` a leading surname has its own reading (单 under shan).
 */
export function sortKey(text: string, options: { person?: boolean } = {}): string {
  const characters = Array.from(fold(text)).slice(0, SORTED_CHARACTERS);
  if (characters.length === 0) return '';
  const head = characters.join('');
  const readings = primaryReadings(head, options);
  let key = '';
  let chinese = false;
  characters.forEach((char, index) => {
    if (isHan(char)) {
      chinese = true;
      // '~' is above all letters, the blank below them: han sorts before hang, whatever follows.
      key += `~${readings[index] ?? char} `;
    } else key += char;
  });
  return chinese ? `${key}\t${head}` : key;
}

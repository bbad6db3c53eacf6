import type { Archive } from './archive.ts';
import type { DatePrecision } from './serial.ts';
import { attribute, readSmallXml } from './xml.ts';

/** What a number format says about the number: a date, a percentage, or digits padded with zeros. */
export type NumberStyle = { date?: DatePrecision; percent?: boolean; pad?: number };

const PLAIN: NumberStyle = {};
const BUILT_IN_TIME = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56]);
const BUILT_IN_DATE = new Set([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

/** @param code a number format such as `yyyy"年"m"月"d"日"`, `[h]:mm`, `0.00%`, `000000` */
export function readFormat(code: string): NumberStyle {
  const first = (code.split(';')[0] ?? '').replace(/"[^"]*"|\\.|_.|\*./g, '');
  // [h] counts hours past 24 and is a duration; [Red], [$-804], [DBNum1] say nothing about dates.
  if (/\[(h+|m+|s+)\]/i.test(first)) return PLAIN;
  const bare = first.replace(/\[[^\]]*\]/g, '').replace(/general|g\/通用格式|am\/pm|a\/p|上午\/下午/gi, '');
  if (/^0{2,}$/.test(bare)) return { pad: bare.length };
  if (bare.includes('%')) return { percent: true };
  if (/[#0?]/.test(bare) && !/[ydhs]/i.test(bare)) return PLAIN;
  // An m next to hours or seconds means minutes.
  const months = bare.replace(/(h+[^a-z]*)m+/gi, '$1').replace(/m+([^a-z]*s)/gi, '$1');
  const day = /[ymde]|bb/i.test(months);
  const time = /[hs]/i.test(bare);
  if (!day && !time) return PLAIN;
  return { date: day ? (time ? 'datetime' : 'date') : 'time' };
}

function builtIn(id: number): NumberStyle {
  if (BUILT_IN_DATE.has(id)) return { date: 'date' };
  if (BUILT_IN_TIME.has(id)) return { date: 'time' };
  if (id === 22) return { date: 'datetime' };
  return id === 9 || id === 10 ? { percent: true } : PLAIN;
}

/** The number style of every cell format, by the index cells refer to. */
export async function readStyles(archive: Archive): Promise<NumberStyle[]> {
  if (!archive.names.has('xl/styles.xml')) return [];
  const custom = new Map<number, NumberStyle>();
  const ids: number[] = [];
  let inCellFormats = false;
  await readSmallXml(archive, 'xl/styles.xml', {
    open(name, attributes) {
      if (name === 'numFmt') {
        custom.set(Number(attributes.numFmtId), readFormat(attribute(attributes, 'formatCode') ?? ''));
      } else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) ids.push(Number(attributes.numFmtId ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return ids.map((id) => custom.get(id) ?? builtIn(id));
}

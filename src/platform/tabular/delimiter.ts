import { parse } from 'csv-parse/sync';

export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Excel's own way of naming the delimiter: a first line `sep=;`. */
export function namedDelimiter(sample: string): Delimiter | undefined {
  const named = /^"?sep=([,;\t])"?\r?\n/i.exec(sample)?.[1];
  return DELIMITERS.find((delimiter) => delimiter === named);
}

/**
 * The delimiter that cuts most rows of the sample into the same number (≥ 2) of cells; a comma when none does.
 * @param sample the beginning of the file; its last, possibly cut line is ignored when there are others
 */
export function detectDelimiter(sample: string): Delimiter {
  const end = sample.lastIndexOf('\n');
  const whole = end > 0 && sample.length > 10_000 ? sample.slice(0, end) : sample;
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const score = agreement(widths(whole, delimiter));
    if (score > bestScore + 0.02) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function widths(text: string, delimiter: Delimiter): number[] {
  try {
    const rows: string[][] = parse(text, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      to: 200,
    });
    return rows.filter((row) => row.some((cell) => cell.trim() !== '')).map((row) => row.length);
  } catch {
    return [];
  }
}

/** Share of rows with the most frequent width; 0 when that width is 1. A header of one cell counts against. */
function agreement(sizes: number[]): number {
  const counts = new Map<number, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  let best = 0;
  let width = 1;
  for (const [size, count] of counts) {
    if (count > best || (count === best && size > width)) {
      best = count;
      width = size;
    }
  }
  if (width < 2) {
    const wide = sizes.filter((size) => size >= 2).length;
    return sizes.length > 0 ? Math.min(0.4, wide / sizes.length / 2) : 0;
  }
  return best / sizes.length;
}

import type { Column, Example, Feature, Features } from './types.ts';

/** A value rarer than this tells nothing by itself. */
const LEAST = 5;
/** The most frequent values of one feature that have a column. */
const MOST = 40;

const wordsOf = (value: Feature | undefined): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'boolean'
      ? [String(value)]
      : Array.isArray(value)
        ? value
        : [];

/** The raw number of a column for one case; a number nobody knows stands at the average. */
export function cell(column: Column, features: Features): number {
  const value = features[column.feature];
  if (column.value === null) return typeof value === 'number' ? value : column.mean;
  return wordsOf(value).includes(column.value) ? 1 : 0;
}

/** A case as the model sees it: each column about zero, in steps of its spread. */
export const rowOf = (columns: readonly Column[], features: Features): number[] =>
  columns.map((column) => (cell(column, features) - column.mean) / column.scale);

/** The columns that examples ask for. */
export function columnsOf(examples: readonly Example[]): Column[] {
  const names = [...new Set(examples.flatMap(({ features }) => Object.keys(features)))].sort();
  return names.flatMap((feature) => {
    const values = examples.map(({ features }) => features[feature]);
    const numbers = values.filter((value) => typeof value === 'number');
    if (numbers.length) return spread({ feature, value: null, mean: 0, scale: 1 }, numbers);
    const counts = new Map<string, number>();
    for (const word of values.flatMap(wordsOf)) counts.set(word, (counts.get(word) ?? 0) + 1);
    return [...counts]
      .filter(([, count]) => count >= LEAST && count <= examples.length - LEAST)
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, MOST)
      .flatMap(([value]) =>
        spread(
          { feature, value, mean: 0, scale: 1 },
          values.map((each) => Number(wordsOf(each).includes(value))),
        ),
      );
  });
}

/** A column that is the same everywhere tells nothing. */
function spread(column: Column, values: readonly number[]): Column[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return variance < 1e-12 ? [] : [{ ...column, mean, scale: Math.sqrt(variance) }];
}

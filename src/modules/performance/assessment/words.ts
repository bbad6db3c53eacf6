import type { Context } from '../../../platform/context/context.ts';
import { parseSteps, type Steps } from '../../../platform/formula/steps.ts';
import type { Indicator } from './definition.ts';

/** What a name in a formula stands for: of the indicator's own measure, or of one that is named. */
export interface Meaning {
  measure: string | null;
  what: 'actual' | 'target' | 'rate' | 'lastYear' | 'weight';
}

const OWN: readonly (readonly [Meaning['what'], ...string[]])[] = [
  ['actual', '实际', 'actual'],
  ['target', '目标', 'target'],
  ['rate', '达成率', 'rate'],
  ['lastYear', '同期', 'lastYear'],
  ['weight', '权重', 'weight'],
];

/** Every name a formula may use: 实际, 目标, 达成率, 同期, 权重, and the first four after the name of a measure, 回款实际. */
export function vocabulary(ctx: Pick<Context, 'registry'>): Map<string, Meaning> {
  const words = new Map<string, Meaning>();
  const options = ctx.registry.byName.get('salesTarget')?.fields.measure?.options ?? [];
  for (const [what, zh, en] of OWN as readonly [Meaning['what'], string, string][]) {
    words.set(zh, { measure: null, what }).set(en, { measure: null, what });
    if (what === 'weight') continue;
    for (const option of options) {
      words.set(`${option.zh}${zh}`, { measure: option.value, what });
      words.set(`${option.en} ${en}`, { measure: option.value, what });
    }
  }
  return words;
}

/** Without a formula the score is how much of the target was reached. */
const usualFormula = '达成率';

/** The formula of an indicator, read. @throws what is wrong with it */
export const stepsOf = (indicator: Pick<Indicator, 'formula'>, words: ReadonlyMap<string, Meaning>): Steps =>
  parseSteps(indicator.formula || usualFormula, new Set(words.keys()));

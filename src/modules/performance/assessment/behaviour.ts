import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { type Definition, definitionInput } from './definition.ts';
import { stepsOf, vocabulary } from './words.ts';

/** A scheme whose formulas cannot be understood is not saved; what is wrong is told in its place. */
export const schemeBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    for (const draft of drafts) if ('definition' in draft.values || !draft.before) check(ctx, draft);
  },
};

function check(ctx: Context, draft: Draft): void {
  const parsed = definitionInput.safeParse(draftValue(draft, 'definition'));
  if (!parsed.success) {
    for (const { path } of parsed.error.issues.slice(0, 20))
      draft.problems.push({ path: ['definition', ...path].join('.'), code: 'bad_indicator' });
    return;
  }
  draft.values.definition = parsed.data;
  const { indicators, levels } = parsed.data;
  const tell = (path: string, code: string, params?: Record<string, unknown>) =>
    draft.problems.push({ path: `definition.${path}`, code, ...(params ? { params } : {}) });
  const keys = indicators.map(({ key }) => key);
  const twice = keys.findIndex((key, at) => keys.indexOf(key) !== at);
  if (twice >= 0) tell(`indicators.${twice}.name`, 'indicator_twice');
  const sum = indicators.reduce((all, { weight }) => all.plus(weight), new Exact(0));
  if (!sum.eq(100)) tell('indicators', 'weights_not_100', { sum: sum.toFixed() });
  for (const [at, { from }] of levels.entries())
    if (at > 0 && !new Exact(from).lt(levels[at - 1]?.from ?? from)) tell(`levels.${at}.from`, 'levels_fall');
  checkFormulas(ctx, parsed.data, tell);
}

function checkFormulas(
  ctx: Context,
  { indicators }: Definition,
  tell: (path: string, code: string, params?: Record<string, unknown>) => void,
): void {
  const words = vocabulary(ctx);
  for (const [at, indicator] of indicators.entries()) {
    if (indicator.kind === 'judged') continue;
    if (indicator.product && indicator.category) tell(`indicators.${at}.category`, 'target_of_one');
    try {
      const { names } = stepsOf(indicator, words);
      const own = names.some((name) => {
        const meaning = words.get(name);
        return meaning?.measure === null && meaning.what !== 'weight';
      });
      if (own && !indicator.measure) tell(`indicators.${at}.measure`, 'indicator_needs_measure');
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      tell(`indicators.${at}.formula`, error.code, error.params);
    }
  }
}

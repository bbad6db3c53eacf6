import { columnsOf, rowOf } from './encode.ts';
import { fitLogistic, sigmoid } from './fit.ts';
import { areaUnderCurve, qualityOf } from './quality.ts';
import type { Contribution, Example, Features, Model, Quality } from './types.ts';

/** Of each outcome at least so many, or nothing is learnt. */
export const LEAST_OUTCOMES = 50;
/** Not better than this on later cases, it is guessing: nobody is shown its word. */
export const LEAST_AUC = 0.55;

/** `few` and `weak` say why there is none. */
export type Trained =
  | { state: 'few'; won: number; lost: number }
  | { state: 'weak' | 'on'; won: number; lost: number; quality: Quality; model: Model };

/** How strictly weights are held down; which of them is chosen on cases the fit has not seen. */
const RIDGES = [1, 10, 100, 1000];

/**
 * Learns from cases in the order of time. The last quarter is held out and only measured on; of the rest the last fifth
 * chooses the ridge and says how much of the weights holds later. What is used afterwards is fitted to all cases.
 */
export function train(examples: readonly Example[]): Trained {
  const won = examples.filter((each) => each.won).length;
  const lost = examples.length - won;
  if (Math.min(won, lost) < LEAST_OUTCOMES) return { state: 'few', won, lost };
  const cut = Math.floor(examples.length * 0.75);
  const [past, later] = [examples.slice(0, cut), examples.slice(cut)];
  const inner = Math.floor(past.length * 0.8);
  const { ridge, slope } = tune(past.slice(0, inner), past.slice(inner));
  const judge = fitted(past, ridge, slope);
  const outcomes = later.map((each) => each.won);
  const quality = {
    ...qualityOf(
      later.map(({ features }) => predict(judge, features)),
      outcomes,
      past.filter((each) => each.won).length / past.length,
    ),
    // Of the order alone, also where nothing of the weights held.
    auc: areaUnderCurve(
      later.map(({ features }) => raised(judge, features)),
      outcomes,
    ),
  };
  const state = quality.auc < LEAST_AUC || slope === 0 ? 'weak' : 'on';
  return { state, won, lost, quality, model: fitted(examples, ridge, slope) };
}

function tune(past: readonly Example[], later: readonly Example[]) {
  const outcomes = later.map((each) => each.won);
  let best = { ridge: RIDGES.at(-1) as number, auc: -1, raw: [] as number[] };
  for (const ridge of RIDGES) {
    const model = fitted(past, ridge, 1);
    const raw = later.map(({ features }) => raised(model, features));
    const auc = areaUnderCurve(raw, outcomes);
    if (auc > best.auc) best = { ridge, auc, raw };
  }
  const [, slope = 1] = fitLogistic(
    best.raw.map((value) => [value]),
    outcomes,
    1,
  );
  // A judgement the wrong way round is none, and later cases never make it surer than it was.
  return { ridge: best.ridge, slope: Math.min(1, Math.max(0, slope)) };
}

function fitted(examples: readonly Example[], ridge: number, slope: number): Model {
  const columns = columnsOf(examples);
  const [bias = 0, ...weights] = fitLogistic(
    examples.map(({ features }) => rowOf(columns, features)),
    examples.map((each) => each.won),
    ridge,
  );
  return { columns, weights, bias, slope };
}

/** How far a case stands above the average one, in log odds. */
const raised = ({ columns, weights }: Model, features: Features): number =>
  rowOf(columns, features).reduce((sum, value, at) => sum + value * (weights[at] as number), 0);

/** How likely a case is won. */
export const predict = (model: Model, features: Features): number =>
  sigmoid(model.bias + model.slope * raised(model, features));

/** What moved the judgement of a case, the strongest first: each feature against the average case. */
export function explain(model: Model, features: Features): Contribution[] {
  const sums = new Map<string, number>();
  for (const [at, value] of rowOf(model.columns, features).entries()) {
    const feature = model.columns[at]?.feature as string;
    const weight = model.slope * value * (model.weights[at] as number);
    sums.set(feature, (sums.get(feature) ?? 0) + weight);
  }
  return [...sums]
    .map(([feature, weight]) => ({ feature, weight }))
    .filter(({ weight }) => Math.abs(weight) > 0.01)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

import type { Bin, Quality } from './types.ts';

/** The share of pairs of a case won and one lost in which the won one was judged higher; ties count half. */
export function areaUnderCurve(said: readonly number[], won: readonly boolean[]): number {
  const order = said.map((value, at) => ({ value, won: won[at] === true })).sort((a, b) => a.value - b.value);
  let [ranks, wins] = [0, 0];
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]?.value === order[from]?.value) to += 1;
    const rank = (from + 1 + to) / 2;
    for (let at = from; at < to; at += 1)
      if (order[at]?.won) {
        ranks += rank;
        wins += 1;
      }
    from = to;
  }
  const losses = order.length - wins;
  return wins === 0 || losses === 0 ? 0.5 : (ranks - (wins * (wins + 1)) / 2) / (wins * losses);
}

/**
 * What was said against what came, in groups of as many cases from the least likely to the most. Groups of which the same was
 * said are one: their order would be chance.
 */
export function calibrationOf(said: readonly number[], won: readonly boolean[], bins = 10): Bin[] {
  const order = said.map((value, at) => ({ value, won: Number(won[at]) })).sort((a, b) => a.value - b.value);
  const parts = Array.from({ length: bins }, (_, bin) =>
    order.slice(Math.floor((bin * order.length) / bins), Math.floor(((bin + 1) * order.length) / bins)),
  );
  const joined: (typeof order)[] = [];
  for (const part of parts) {
    const [before, first] = [joined.at(-1), part[0]];
    if (before && first && first.value - (before[0]?.value ?? 0) < 1e-9) before.push(...part);
    else if (first) joined.push(part);
  }
  const mean = (part: typeof order, of: 'value' | 'won') =>
    part.reduce((sum, each) => sum + each[of], 0) / part.length;
  return joined.map((part) => ({ count: part.length, said: mean(part, 'value'), came: mean(part, 'won') }));
}

/** How good likelihoods were, against saying `naive` to everybody. */
export function qualityOf(said: readonly number[], won: readonly boolean[], naive: number): Quality {
  const mean = (of: (p: number, y: number) => number) =>
    said.reduce((sum, p, at) => sum + of(p, Number(won[at])), 0) / Math.max(1, said.length);
  const safe = (p: number) => Math.min(1 - 1e-9, Math.max(1e-9, p));
  return {
    cases: said.length,
    won: won.filter(Boolean).length,
    auc: areaUnderCurve(said, won),
    brier: mean((p, y) => (p - y) ** 2),
    naiveBrier: mean((_, y) => (naive - y) ** 2),
    logLoss: mean((p, y) => -(y * Math.log(safe(p)) + (1 - y) * Math.log(1 - safe(p)))),
    calibration: calibrationOf(said, won),
  };
}

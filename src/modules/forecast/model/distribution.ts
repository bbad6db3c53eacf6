/** Business of the same kind: so many pieces, each won with this chance, worth `mean` with this deviation. */
export interface Cell {
  count: number;
  chance: number;
  mean: number;
  deviation: number;
}

export interface Outlook {
  mean: number;
  low: number;
  high: number;
}

/** Between these shares of what may come lies the interval: four times of five. */
const LOW = 0.1;
const HIGH = 0.9;
const BINS = 600;
/** Cells of so much variance are as good as normal; only smaller ones are worked out piece by piece. */
const NORMAL = 25;
/** So many pieces together are normal whatever their cells are. */
const MOST_PIECES = 5000;

/**
 * What cells may come to: the distribution of their sum, convolved exactly on a grid where pieces are few and by its mean and
 * variance where they are many, and widened by how far earlier forecasts as a whole were off (`spread`, as a share).
 */
export function outlookOf(cells: readonly Cell[], spread: number): Outlook {
  const live = cells.filter(({ count, chance, mean }) => count > 0 && chance > 0 && mean > 0);
  const mean = live.reduce((all, { count, chance, mean }) => all + count * chance * mean, 0);
  if (mean === 0) return { mean: 0, low: 0, high: 0 };
  const variances = live.map(varianceOf);
  const whole = Math.sqrt(variances.reduce((all, one) => all + one, 0));
  const step = (mean + 6 * whole) / (BINS - 1);
  const pieces = live.reduce((all, { count }) => all + count, 0);
  const few =
    pieces > MOST_PIECES ? [] : live.filter(({ count, chance }) => count * chance * (1 - chance) < NORMAL);
  const many = live.filter((cell) => !few.includes(cell));
  const grid = new Float64Array(BINS);
  grid[0] = 1;
  for (const cell of few) spreadOver(grid, cell, step);
  const shift = many.reduce((all, { count, chance, mean }) => all + count * chance * mean, 0);
  const blur = Math.sqrt(many.reduce((all, cell) => all + varianceOf(cell), 0));
  const total = (value: number) => {
    let below = 0;
    for (let at = 0; at < BINS; at++) {
      const mass = grid[at] as number;
      if (mass < 1e-12) continue;
      below +=
        mass *
        (blur === 0 ? stepAt(value - shift - at * step, step) : normal((value - shift - at * step) / blur));
    }
    return below;
  };
  const factors = factorsOf(spread);
  const below = (value: number) =>
    factors.reduce((all, factor) => all + total(value / factor), 0) / factors.length;
  return {
    mean,
    low: quantile(below, LOW, mean, whole, spread),
    high: quantile(below, HIGH, mean, whole, spread),
  };
}

/** Of a sum of pieces that each come or do not: n·(p·(σ² + μ²) − (p·μ)²). */
export const varianceOf = ({ count, chance, mean, deviation }: Cell): number =>
  count * (chance * (deviation ** 2 + mean ** 2) - (chance * mean) ** 2);

/** Adds the pieces of a cell, one after the other; a deviation is two worths with the same mean and variance. */
function spreadOver(grid: Float64Array, { count, chance, mean, deviation }: Cell, step: number): void {
  const worths =
    deviation > 0 ? [Math.max(0, mean - deviation), Math.min(2 * mean, mean + deviation)] : [mean];
  const shifts = worths.flatMap((worth) => {
    const place = worth / step;
    const at = Math.floor(place);
    // Between two places of the grid: the mean stays.
    return [
      { at, weight: (1 - (place - at)) / worths.length },
      { at: at + 1, weight: (place - at) / worths.length },
    ];
  });
  for (let piece = 0; piece < count; piece++)
    for (let at = BINS - 1; at >= 0; at--) {
      const mass = grid[at] as number;
      if (mass === 0) continue;
      grid[at] = mass * (1 - chance);
      for (const { at: by, weight } of shifts) {
        const to = Math.min(BINS - 1, at + by);
        grid[to] = (grid[to] as number) + mass * chance * weight;
      }
    }
}

/** Mass on a place of the grid lies evenly over its step. */
const stepAt = (distance: number, step: number): number => Math.min(1, Math.max(0, distance / step + 0.5));

/** Seven log-normal factors of mean 1, equally likely. */
function factorsOf(spread: number): number[] {
  if (spread <= 0) return [1];
  const sigma = Math.sqrt(Math.log(1 + spread ** 2));
  const raw = [-1.4652, -0.7916, -0.3661, 0, 0.3661, 0.7916, 1.4652].map((z) => Math.exp(sigma * z * 1.06));
  const mean = raw.reduce((all, one) => all + one, 0) / raw.length;
  return raw.map((factor) => factor / mean);
}

function quantile(
  below: (value: number) => number,
  share: number,
  mean: number,
  whole: number,
  spread: number,
): number {
  let [from, to] = [0, (mean + 6 * whole) * (1 + 6 * spread)];
  for (let turn = 0; turn < 40; turn++) {
    const middle = (from + to) / 2;
    if (below(middle) < share) from = middle;
    else to = middle;
  }
  return to;
}

/** The normal distribution function, by Abramowitz & Stegun 7.1.26. */
function normal(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const tail =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
    Math.exp(-x * x);
  return z >= 0 ? 1 - tail / 2 : tail / 2;
}

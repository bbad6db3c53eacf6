import { CholeskyDecomposition, Matrix } from 'ml-matrix';

const STEPS = 30;
const STILL = 1e-6;
/** Keeps the decomposition sound where weights have gone to nothing. */
const SOUND = 1e-9;

export const sigmoid = (z: number): number =>
  z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));

/**
 * Logistic regression with a ridge, by Newton's method (iteratively reweighted least squares). The bias is not punished, so
 * that what is said of the examples on average is what came of them.
 * @param rows cases, each column about zero and in steps of its spread
 * @returns the bias, then a weight for each column
 */
export function fitLogistic(rows: readonly number[][], won: readonly boolean[], ridge: number): number[] {
  const cases = rows.map((row) => Float64Array.from([1, ...row]));
  const width = (rows[0]?.length ?? 0) + 1;
  const beta = new Float64Array(width);
  for (let step = 0; step < STEPS; step += 1) {
    const { gradient, hessian } = slopes(cases, won, beta);
    for (let column = 0; column < width; column += 1) {
      const punished = column === 0 ? 0 : ridge;
      gradient[column] = (gradient[column] as number) - punished * (beta[column] as number);
      hessian.set(column, column, hessian.get(column, column) + punished + SOUND);
    }
    const move = new CholeskyDecomposition(hessian).solve(Matrix.columnVector([...gradient]));
    let most = 0;
    for (let column = 0; column < width; column += 1) {
      const by = move.get(column, 0);
      beta[column] = (beta[column] as number) + by;
      most = Math.max(most, Math.abs(by));
    }
    if (most < STILL) break;
  }
  return [...beta];
}

/** First and second slopes of the likelihood; only half of the second is added up, the other is its mirror. */
function slopes(cases: readonly Float64Array[], won: readonly boolean[], beta: Float64Array) {
  const width = beta.length;
  const gradient = new Float64Array(width);
  const half = new Float64Array(width * width);
  for (const [at, row] of cases.entries()) {
    let z = 0;
    for (let i = 0; i < width; i += 1) z += (row[i] as number) * (beta[i] as number);
    const p = sigmoid(z);
    const error = Number(won[at]) - p;
    const weight = p * (1 - p);
    for (let i = 0; i < width; i += 1) {
      gradient[i] = (gradient[i] as number) + error * (row[i] as number);
      const scaled = weight * (row[i] as number);
      const start = i * width;
      for (let j = 0; j <= i; j += 1)
        half[start + j] = (half[start + j] as number) + scaled * (row[j] as number);
    }
  }
  const hessian = new Matrix(width, width);
  for (let i = 0; i < width; i += 1)
    for (let j = 0; j <= i; j += 1) {
      hessian.set(i, j, half[i * width + j] as number);
      hessian.set(j, i, half[i * width + j] as number);
    }
  return { gradient, hessian };
}

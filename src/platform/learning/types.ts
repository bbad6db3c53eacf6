/** What is known of one case: words, numbers, several words, or nothing. */
export type Feature = string | number | boolean | readonly string[] | null;

export type Features = Readonly<Record<string, Feature>>;

/** A case that has ended, in the order of time. */
export interface Example {
  features: Features;
  won: boolean;
}

/** One column of the matrix: a feature's number, or whether it has a value. */
export interface Column {
  feature: string;
  /** Of words: which; null for a number. */
  value: string | null;
  mean: number;
  scale: number;
}

/** A fitted model, as plain data. */
export interface Model {
  columns: readonly Column[];
  weights: readonly number[];
  bias: number;
  /** How much of the weights held on later cases; less than all of it brings likelihoods nearer to the average. */
  slope: number;
}

/** How one part of what is known moved the judgement, in log odds against the average case. */
export interface Contribution {
  feature: string;
  weight: number;
}

export interface Bin {
  /** Cases in it, what was said of them on average, and what came. */
  count: number;
  said: number;
  came: number;
}

/** How good a model was on cases it had not seen, later than all it had. */
export interface Quality {
  cases: number;
  won: number;
  auc: number;
  brier: number;
  /** The same of saying the average to everybody. */
  naiveBrier: number;
  logLoss: number;
  calibration: readonly Bin[];
}

/** A period that is over: what was forecast on its first day, and what came. Amounts are statistics, not bookings. */
export interface Tested {
  key: string;
  actual: number;
  /** Null while too little was known. */
  model: { mean: number; low: number; high: number } | null;
  /** What a look at the last period, the same one a year ago, or the average of the last three would have said. */
  naive: { last: number | null; year: number | null; average: number | null };
}

/** How far off forecasts were, all in all. Shares of what came. */
export interface Score {
  periods: number;
  /** Sum of all that was off, against all that came; and the average of each period's share. */
  wape: number | null;
  mape: number | null;
  /** Too much on the whole, or too little. */
  bias: number | null;
}

export interface Scores {
  model: Score & { inside: number };
  naive: Record<keyof Tested['naive'], Score>;
}

/** The score of pairs of what was said and what came. */
export function scoreOf(pairs: readonly { said: number; came: number }[]): Score {
  const came = pairs.reduce((all, one) => all + one.came, 0);
  const off = pairs.reduce((all, one) => all + Math.abs(one.said - one.came), 0);
  const over = pairs.reduce((all, one) => all + one.said - one.came, 0);
  const shares = pairs.filter((one) => one.came > 0).map((one) => Math.abs(one.said - one.came) / one.came);
  return {
    periods: pairs.length,
    wape: came > 0 ? off / came : null,
    mape: shares.length ? shares.reduce((all, one) => all + one, 0) / shares.length : null,
    bias: came > 0 ? over / came : null,
  };
}

/** All are compared over the same periods: those the model spoke of. */
export function scoresOf(tested: readonly Tested[]): Scores {
  const told = tested.flatMap(({ model, actual, naive }) => (model ? [{ model, actual, naive }] : []));
  const naive = (which: keyof Tested['naive']) =>
    scoreOf(
      told.flatMap(({ naive, actual }) => {
        const said = naive[which];
        return said === null ? [] : [{ said, came: actual }];
      }),
    );
  return {
    model: {
      ...scoreOf(told.map(({ model, actual }) => ({ said: model.mean, came: actual }))),
      inside: told.filter(({ model, actual }) => actual >= model.low && actual <= model.high).length,
    },
    naive: { last: naive('last'), year: naive('year'), average: naive('average') },
  };
}

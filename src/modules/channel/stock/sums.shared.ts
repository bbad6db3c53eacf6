import { Exact } from '../../../platform/money/money.shared.ts';

/** Quantities of one product in one month. */
export interface Flow {
  opening: string;
  inflow: string;
  outflow: string;
}

/** 期末 = 期初 + 进 − 销. */
export const closingOf = ({ opening, inflow, outflow }: Flow): string =>
  new Exact(opening).plus(inflow).minus(outflow).toFixed();

export const closes = (flow: Flow & { closing: string }): boolean =>
  new Exact(closingOf(flow)).eq(flow.closing);

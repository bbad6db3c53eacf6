import type { Context } from '../../../platform/context/context.ts';
import { isEnough, LEAST_DAYS, LEAST_WON } from '../model/fit.ts';
import { fitInUse } from '../model/store.ts';
import { mustSeeForecast } from '../rights.ts';

/** What the forecast was learnt from: counts of the company, no record of anybody's. */
export interface ForecastCard {
  state: 'none' | 'few' | 'on';
  at: string | null;
  won: number;
  lost: number;
  days: number;
  neededWon: number;
  neededDays: number;
  /** Stages with a curve of their own. */
  stages: number;
  pace: [number, number, number] | null;
  spread: number | null;
}

export async function backtestCard(ctx: Context): Promise<ForecastCard> {
  mustSeeForecast(ctx);
  const kept = await fitInUse(ctx);
  const fit = kept?.fit;
  return {
    state: fit ? (isEnough(fit) ? 'on' : 'few') : 'none',
    at: kept?.at ?? null,
    won: fit?.won ?? 0,
    lost: fit?.lost ?? 0,
    days: fit?.span ?? 0,
    neededWon: LEAST_WON,
    neededDays: LEAST_DAYS,
    stages: Object.keys(fit?.curves.stages ?? {}).length,
    pace: fit?.pace ?? null,
    spread: fit?.spread ?? null,
  };
}

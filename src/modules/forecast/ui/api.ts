import { useQuery } from '@tanstack/react-query';
import { get, post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import { moneyText } from '../../../web/fields/format.ts';
import type { ForecastCard } from '../backtest/card.ts';
import type { BacktestAnswer } from '../page/kept.ts';
import type { ForecastPage } from '../page/page.shared.ts';
import type { Risk } from '../review/risks.ts';
import type { Movements } from '../snapshot/moves.shared.ts';
import type { Submissions } from '../submission/submission.shared.ts';
import { narrowed, type Wish } from './wish.ts';

/** Asked anew with the lists of opportunities: also when somebody else changes one. */
const KEY = ['short', 'opportunities', 'forecast'] as const;

export const useForecast = ({ period = 'month', by = 'owner', ...wish }: Wish) =>
  useQuery({
    queryKey: [...KEY, 'page', period, by, narrowed(wish)],
    queryFn: ({ signal }) =>
      get<ForecastPage & { refreshing?: boolean }>('/forecast', { period, by, ...narrowed(wish) }, signal),
    placeholderData: (previous) => previous,
  });

export const useMoves = (period: string) =>
  useQuery({
    queryKey: [...KEY, 'moves', period],
    queryFn: ({ signal }) => get<Movements>('/forecast/moves', { period }, signal),
    retry: false,
  });

export const useRisks = (period: string) =>
  useQuery({
    queryKey: [...KEY, 'risks', period],
    queryFn: ({ signal }) =>
      get<{ items: { record: WireRecord; risks: Risk[] }[] }>('/forecast/risks', { period }, signal),
  });

export const useSubmissions = (period: string) =>
  useQuery({
    queryKey: [...KEY, 'submissions', period],
    queryFn: ({ signal }) => get<Submissions>('/forecast/submissions', { period }, signal),
  });

export const useBacktest = (unit: 'month' | 'quarter') =>
  useQuery({
    queryKey: [...KEY, 'backtest', unit],
    queryFn: ({ signal }) => get<BacktestAnswer>('/forecast/backtest', { unit }, signal),
  });

export const useCard = () =>
  useQuery({
    queryKey: [...KEY, 'model'],
    queryFn: ({ signal }) => get<ForecastCard>('/forecast/model', undefined, signal),
  });

export const refreshForecast = () => void queryClient.invalidateQueries({ queryKey: KEY });

/** Says something of the forecast, and asks for it again. */
export async function tell<T>(path: string, body: object): Promise<T> {
  const answer = await post<T>(`/forecast${path}`, body);
  refreshForecast();
  return answer;
}

export async function judge(id: string, body: { category: string | null; reason?: string }): Promise<void> {
  await post(`/opportunities/${id}/judge-forecast`, body);
  refreshEntity('opportunities');
}

/** Writes amounts of the company; nothing is a dash. */
export function useMoney(): (amount: string | number | null | undefined) => string {
  const { company } = useMeta();
  return (amount) => {
    if (amount == null) return '—';
    const text = typeof amount === 'number' ? amount.toFixed(0) : amount.replace(/\.00$/, '');
    return Number(text) === 0 ? '—' : moneyText({ amount: text, currency: company.currency });
  };
}

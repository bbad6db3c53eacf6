import { useQuery } from '@tanstack/react-query';
import { get } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import type { Assessment } from '../assessment/read.ts';
import type { Attainment } from '../attainment/read.ts';
import type { MeasureEntry } from '../measure.ts';
import type { Grid } from '../target/grid.ts';

const ROOT = 'performance';

/** What is asked of a page of targets or attainment. */
export interface Wish {
  measure?: string;
  period?: 'month' | 'quarter' | 'year';
  startsOn?: string;
  year?: number;
  scheme?: string;
  product?: string | undefined;
  category?: string | undefined;
  province?: string | undefined;
}

export function readWish(raw: Record<string, unknown>): Record<string, unknown> {
  const day =
    typeof raw.startsOn === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(raw.startsOn) ? raw.startsOn : null;
  return {
    ...(typeof raw.measure === 'string' ? { measure: raw.measure } : {}),
    ...(['month', 'quarter', 'year'].includes(String(raw.period)) ? { period: raw.period } : {}),
    ...(day ? { startsOn: day } : {}),
    ...(typeof raw.year === 'number' ? { year: raw.year } : {}),
    ...(typeof raw.scheme === 'string' ? { scheme: raw.scheme } : {}),
    ...Object.fromEntries(
      ASPECTS.flatMap((name) => (typeof raw[name] === 'string' ? [[name, raw[name]]] : [])),
    ),
  };
}

const ASPECTS = ['product', 'category', 'province'] as const;

/** The part of a wish that a measure tells. */
export const aspectOf = (wish: Wish, told: MeasureEntry['aspects']): Wish =>
  Object.fromEntries(told.flatMap((name) => (wish[name] ? [[name, wish[name]]] : [])));

export const useMeasures = () =>
  useQuery({
    queryKey: [ROOT, 'measures'],
    queryFn: ({ signal }) =>
      get<{ items: MeasureEntry[]; currency: string }>('/performance/measures', undefined, signal),
  });

export const useGrid = (measure: string | undefined, year: number, aspect: Wish) =>
  useQuery({
    queryKey: [ROOT, 'grid', measure, year, aspect],
    queryFn: ({ signal }) => get<Grid>('/performance/targets', { measure, year, ...aspect }, signal),
    enabled: measure !== undefined,
  });

export const useAttainment = (asked: Record<string, unknown>) =>
  useQuery({
    queryKey: [ROOT, 'attainment', asked],
    queryFn: ({ signal }) => get<Attainment>('/performance/attainment', asked, signal),
    enabled: asked.measure !== undefined,
    placeholderData: (old) => old,
  });

export const useAssessment = (scheme: string | undefined, startsOn: string) =>
  useQuery({
    queryKey: [ROOT, 'assessment', scheme, startsOn],
    queryFn: ({ signal }) => get<Assessment>(`/performance/assessments/${scheme}`, { startsOn }, signal),
    enabled: scheme !== undefined,
  });

/** After a change everything of performance is asked for anew. */
export const refreshPerformance = () => void queryClient.invalidateQueries({ queryKey: [ROOT] });

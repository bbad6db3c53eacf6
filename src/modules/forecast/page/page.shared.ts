import type { Outlook } from '../model/distribution.ts';

/** What a forecast is told apart by. */
export const FORECAST_BY = ['owner', 'department', 'product', 'pipeline'] as const;
export type ForecastBy = (typeof FORECAST_BY)[number];

/** The fields of opportunities these follow from. */
export const TOLD_BY = {
  owner: 'owner',
  department: 'owner',
  product: 'products',
  pipeline: 'pipeline',
} as const;

/** The record types these are. */
export const NAMED = {
  owner: 'user',
  department: 'department',
  product: 'product',
  pipeline: 'pipeline',
} as const;

/** Sums of a period in the company's currency: what is won already, and what is open by category. */
export interface Figures {
  deals: number;
  won: string;
  commit: string;
  best: string;
  pipeline: string;
  omitted: string;
  /** What is won, and what is open by its own likelihood; null for who may not see likelihoods. */
  weighted: string | null;
  /** The same by what history says of stages; null while it says nothing. */
  learnt: string | null;
  /** Without an amount: in no sum. */
  unvalued: number;
  /** With an amount in a currency there is no rate of: in no sum either. */
  unrated: number;
  /** Expected profit of the part of `weighted` whose cost is known; null for who may not see costs. */
  profit: string | null;
  /** That part. */
  costed: string | null;
}

export interface ForecastLine extends Figures {
  key: string | null;
  title: string | null;
}

/** The model’s word, or why it says none. */
export type ModelWord =
  | { state: 'none' }
  | { state: 'few'; won: number; needed: number; days: number; neededDays: number; at: string }
  | { state: 'over' }
  | ({ state: 'on'; won: number; open: number; fresh: number; at: string } & Outlook);

export interface ForecastPage {
  period: string;
  unit: 'month' | 'quarter';
  /** Keys of the periods beside it, and of the month and quarter it begins in. */
  around: { previous: string; next: string; month: string; quarter: string };
  from: string;
  /** Its last day. */
  last: string;
  today: string;
  by: ForecastBy;
  /** What it was narrowed to, by name. */
  chosen: Partial<Record<ForecastBy, { id: string; title: string | null }>>;
  /** Currencies of business whose rate is missing. */
  withoutRate: string[];
  total: Figures;
  lines: ForecastLine[];
  model: ModelWord;
  at: string;
  ms: number;
}

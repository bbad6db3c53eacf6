import type { Context } from '../context/context.ts';

/** What comes before what on the page of the day; sources choose one of these for each line. */
export const TODAY_RANK = {
  /** A promise past its time. */
  overdue: 10,
  /** Something at a time of today. */
  timed: 20,
  /** Something of today without a time. */
  planned: 25,
  /** A customer drifting off. */
  drift: 30,
  care: 40,
  decide: 50,
  recycle: 60,
  callBack: 70,
  task: 80,
  /** Of the days to come. */
  later: 90,
} as const;

/** A request the line's one button sends. */
export interface TodayRequest {
  method: 'POST' | 'PATCH' | 'DELETE';
  /** Below /api/v1; `{id}` stands for the id the first request answered with. */
  path: string;
  body?: Record<string, unknown>;
  /** Of the record, for a PATCH. */
  version?: number;
}

/** The one button: it does something that can be taken back, or opens where it is done. */
export type TodayAction =
  | { label: string; does: TodayRequest; undo: TodayRequest; done: string }
  | { label: string; open: string };

/** One line of the day: what, why now, and the one button. */
export interface TodayItem {
  /** Known by this from one look to the next: `promise:<id>`. */
  key: string;
  /** What it is, in a word: the tag, with its colour. */
  kind: string;
  label: string;
  color: 'zhu' | 'teng' | 'song' | 'dai' | 'plain';
  rank: number;
  /** When: an instant, or a day, or neither. */
  at: string | null;
  date: string | null;
  /** What, in one line, and the part of it that names whom. */
  title: string;
  strong: string | null;
  why: string;
  record: { entity: string; id: string } | null;
  owner: string | null;
  /** Whom it is about, where that is a customer. */
  customer: { id: string; title: string | null } | null;
  action: TodayAction;
}

/** The day one looks at, and whose. */
export interface TodayView {
  /** Whose work it is. */
  people: readonly string[];
  today: string;
  /** The instant the day ends. */
  end: string;
  /** The last day of the week ahead. */
  ahead: string;
  /** At most so many lines are wanted of a source. */
  limit: number;
}

/** What has to be done today, out of one room; found by whose it is and when it is due, never by reading everything. */
export interface TodaySource {
  name: string;
  /** It is for people outside the house too. */
  outside?: boolean;
  items(ctx: Context, view: TodayView): Promise<TodayItem[]>;
}

import { Exact } from '../../../platform/money/money.shared.ts';

/** An opportunity as it stood at a moment. */
export interface Stood {
  status: 'open' | 'won' | 'lost';
  /** In the company's currency. */
  amount: string;
  /** Expected; of what is decided, the day it was. */
  day: string | null;
}

export const MOVES = [
  'new',
  'reopened',
  'pulledIn',
  'slippedIn',
  'grew',
  'shrank',
  'won',
  'lost',
  'pushedOut',
  'broughtForward',
] as const;
export type Move = (typeof MOVES)[number];

export interface Moved {
  move: Move;
  /** By how much that changed what is open in the period; below nought where it went. */
  amount: string;
}

interface Days {
  from: string;
  to: string;
}

const within = ({ day }: Stood, { from, to }: Days): boolean => day !== null && day >= from && day < to;

/** What of it is open in a period. */
export const openIn = (stood: Stood | null, period: Days): string =>
  stood?.status === 'open' && within(stood, period) ? stood.amount : '0';

/**
 * Why what is open in a period is other than it was, for one opportunity. The amounts add up exactly to the difference.
 */
export function movesOf(before: Stood | null, after: Stood, period: Days): Moved[] {
  const was = before?.status === 'open' && within(before, period);
  const is = after.status === 'open' && within(after, period);
  if (was && is) return changed(before, after);
  if (was) return [...(after.status === 'won' ? changed(before, after) : []), left(before, after, period)];
  if (is) return [{ move: entered(before, period), amount: after.amount }];
  // It came and was won before anybody looked again.
  if (after.status === 'won' && within(after, period) && (before === null || before.status === 'open'))
    return [
      { move: before === null ? 'new' : entered(before, period), amount: after.amount },
      { move: 'won', amount: minus(after.amount) },
    ];
  return [];
}

const minus = (amount: string): string => new Exact(amount).neg().toFixed();

function changed(before: Stood, after: Stood): Moved[] {
  const difference = new Exact(after.amount).minus(before.amount);
  if (difference.isZero()) return [];
  return [{ move: difference.isPositive() ? 'grew' : 'shrank', amount: difference.toFixed() }];
}

function left(before: Stood, after: Stood, { to }: Days): Moved {
  if (after.status === 'won') return { move: 'won', amount: minus(after.amount) };
  if (after.status === 'lost') return { move: 'lost', amount: minus(before.amount) };
  const later = after.day === null || after.day >= to;
  return { move: later ? 'pushedOut' : 'broughtForward', amount: minus(before.amount) };
}

function entered(before: Stood | null, { to }: Days): Move {
  if (before === null) return 'new';
  if (before.status !== 'open') return 'reopened';
  return before.day === null || before.day >= to ? 'pulledIn' : 'slippedIn';
}

/** One kind of move with what it comes to and the opportunities behind it. */
export interface MoveLine {
  move: Move;
  count: number;
  amount: string;
  deals: { id: string; name: string | null; owner: string | null; amount: string }[];
}

/** What is open in a period now against then, and why. */
export interface Movements {
  since: string;
  opening: string;
  closing: string;
  moves: MoveLine[];
  /** The same by owner, without the opportunities. */
  byOwner: Record<string, Partial<Record<Move, string>>>;
}

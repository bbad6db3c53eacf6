/** What a kind of account may come to; `short` and `full` are the codes of the problem told when it would not. */
export interface AccountRule {
  /** Whether it may fall below zero; it may not unless this says so. */
  owes?: boolean;
  /** Told when there is not as much left as is to be taken out; `{left}`, `{unit}`. */
  short: string;
  /** Told when no more goes in, see `Move.most`; `{left}`, `{unit}`. */
  full?: string;
}

/**
 * A book of accounts, each known by its kind, the record it belongs to and the unit it counts (a currency, points, a stock
 * unit). Frozen data: the kernel knows no business word.
 */
export interface Book<A extends string = string> {
  name: string;
  accounts: Readonly<Record<A, AccountRule>>;
}

/** Declares a book. */
export const defineBook = <A extends string>(book: Book<A>): Book<A> => Object.freeze(book);

/** So much goes into an account, or out of it where the amount is negative. */
export interface Move<A extends string = string> {
  account: A;
  id: string;
  unit: string;
  amount: string;
  /** What the account may hold at most afterwards. */
  most?: string | null;
}

/** What happens to several accounts at once. */
export interface Posting<A extends string = string> {
  kind: string;
  source: string;
  day: string;
  remark?: string | null;
  moves: readonly Move<A>[];
}

/** What each command asks before it is done. */
export type Asks = 'nothing' | 'reason' | 'amount' | 'target' | 'number' | 'claim' | 'answer';

interface Step {
  command: string;
  asks: Asks;
  primary?: boolean;
  /** Further conditions on the record. */
  when?(record: Record<string, unknown>): boolean;
}

const money = (value: unknown) => Number((value as { amount?: string } | null)?.amount ?? 0);

/** What comes next with a record, by its type and state; who may do it is the server's to say. */
export const STEPS: Record<string, Record<string, readonly Step[]>> = {
  receipt: {
    pending: [
      { command: 'confirm', asks: 'nothing', primary: true },
      { command: 'reject', asks: 'reason' },
      { command: 'takeBack', asks: 'reason' },
    ],
    confirmed: [
      { command: 'allocate', asks: 'target', primary: true, when: ({ free }) => money(free) > 0 },
      { command: 'refund', asks: 'amount', when: ({ free }) => money(free) > 0 },
      { command: 'reverse', asks: 'reason' },
    ],
  },
  invoice: {
    applied: [
      { command: 'issue', asks: 'number', primary: true },
      { command: 'reject', asks: 'reason' },
    ],
    issued: [{ command: 'flush', asks: 'reason', when: ({ left }) => money(left) > 0 }],
  },
  dunning: { open: [{ command: 'reminded', asks: 'answer', primary: true }] },
  bankEntry: {
    open: [
      { command: 'claim', asks: 'claim', primary: true },
      { command: 'putAside', asks: 'nothing' },
    ],
    partly: [{ command: 'claim', asks: 'claim', primary: true }],
    put_aside: [{ command: 'putForward', asks: 'nothing' }],
  },
};

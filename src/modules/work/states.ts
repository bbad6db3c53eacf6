/** Which state may follow which, by record type. What a table does not name is refused. */
export const STATES = {
  promise: {
    open: ['kept', 'broken', 'renegotiated'],
    // Still to be kept, by another day; the days before stand in its history.
    renegotiated: ['kept', 'broken', 'renegotiated'],
    kept: ['open', 'renegotiated'],
    broken: ['open', 'renegotiated'],
  },
  visit: {
    planned: ['checkedIn', 'done', 'cancelled'],
    checkedIn: ['done', 'cancelled', 'planned'],
    done: ['planned', 'checkedIn'],
    cancelled: ['planned', 'checkedIn'],
  },
  meeting: {
    planned: ['done', 'cancelled'],
    done: ['planned'],
    cancelled: ['planned'],
  },
  callBack: {
    open: ['done', 'skipped'],
    done: ['open'],
    skipped: ['open'],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>;

export type Stateful = keyof typeof STATES;

/** Whether a record may go from one state to another. */
export function mayBecome(type: Stateful, from: string, to: string): boolean {
  const table: Record<string, readonly string[]> = STATES[type];
  return table[from]?.includes(to) ?? false;
}

import type { Context } from '../../platform/context/context.ts';
import type { Row } from '../../platform/entity/behaviour.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { problem } from '../../platform/errors/problem.ts';

/** Which state may follow which, by record type. What a table does not name is refused. */
const STATES = {
  contract: {
    draft: ['inApproval', 'effective'],
    inApproval: ['draft', 'amending', 'effective'],
    effective: ['amending', 'completed', 'terminated'],
    // What is in force stays in force until the amendment is.
    amending: ['inApproval', 'effective'],
  },
  order: {
    draft: ['confirmed', 'cancelled'],
    confirmed: ['draft', 'closed', 'cancelled'],
    partlyDelivered: ['closed'],
    delivered: ['closed'],
    cancelled: ['draft'],
  },
  delivery: {
    draft: ['shipped', 'cancelled'],
    shipped: ['received', 'cancelled'],
    received: ['shipped'],
  },
  returnOrder: { draft: ['received', 'cancelled'] },
} as const satisfies Record<string, Record<string, readonly string[]>>;

type Stateful = keyof typeof STATES;

/** Throws `state_refused` unless a record may go from its state to another. */
export function requireStep(ctx: Context, type: Stateful, row: Row, to: string): void {
  const table: Record<string, readonly string[]> = STATES[type];
  const before = Object.keys(table).filter((from) => table[from]?.includes(to));
  requireState(ctx, type, row, before);
}

/** Throws `state_refused` unless a record is in one of these states. */
export function requireState(ctx: Context, type: Stateful, row: Row, states: readonly string[]): void {
  const from = row.status as string;
  if (states.includes(from)) return;
  const { fields } = entityNamed(ctx.registry, type);
  const option = fields.status?.options.find(({ value }) => value === from);
  throw problem('state_refused', {
    status: 409,
    params: { state: option?.[ctx.principal.language] ?? from },
  });
}

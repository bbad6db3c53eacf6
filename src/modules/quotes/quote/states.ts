import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';

export type QuoteStatus =
  | 'draft'
  | 'approving'
  | 'approved'
  | 'sent'
  | 'confirmed'
  | 'declined'
  | 'expired'
  | 'superseded';

/** Which state may follow which. What was sent stays as it went out: a change is a new version. */
export const QUOTE_STATES: Readonly<Record<QuoteStatus, readonly QuoteStatus[]>> = {
  draft: ['approving', 'approved', 'superseded'],
  approving: ['approved', 'draft'],
  approved: ['draft', 'sent', 'superseded'],
  sent: ['confirmed', 'declined', 'expired', 'superseded'],
  declined: ['superseded'],
  expired: ['superseded'],
  confirmed: [],
  superseded: [],
};

type Values = Record<string, unknown>;

/** Carries a locked quote into another state, or throws `quote_state_refused`. */
export async function settleQuote(
  ctx: Context,
  row: Row,
  to: QuoteStatus,
  step: { action: string; set?: Values; values?: Values; holder?: string },
): Promise<void> {
  const from = row.status as QuoteStatus;
  if (!QUOTE_STATES[from].includes(to)) {
    const options = entityNamed(ctx.registry, 'quote').fields.status?.options ?? [];
    const label = options.find(({ value }) => value === from)?.[ctx.principal.language];
    throw problem('quote_state_refused', { status: 409, params: { state: label ?? from } });
  }
  const { set, ...options } = step;
  await decide(ctx, 'quote', [row], { ...set, status: to }, options);
}

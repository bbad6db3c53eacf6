import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';

export type LeadStatus = 'new' | 'working' | 'nurturing' | 'converted' | 'disqualified';

/** Which state may follow which. Back from `converted` leads only the undoing of the conversion. */
export const LEAD_STATES: Readonly<Record<LeadStatus, readonly LeadStatus[]>> = {
  new: ['working', 'nurturing', 'converted', 'disqualified'],
  working: ['new', 'nurturing', 'converted', 'disqualified'],
  nurturing: ['working', 'converted', 'disqualified'],
  disqualified: ['working', 'new'],
  converted: [],
};

/** Leads somebody still has to do something for. */
export const OPEN_STATES: readonly LeadStatus[] = ['new', 'working', 'nurturing'];

type Values = Record<string, unknown>;

/** Carries a locked lead into another state, or throws `lead_state_refused`. */
export async function settleLead(
  ctx: Context,
  row: Row,
  to: LeadStatus,
  step: { action: string; set?: Values; values?: Values },
): Promise<void> {
  const from = row.status as LeadStatus;
  if (!LEAD_STATES[from].includes(to)) {
    const option = entityNamed(ctx.registry, 'lead').fields.status?.options.find(
      ({ value }) => value === from,
    );
    throw problem('lead_state_refused', {
      status: 409,
      params: { state: option?.[ctx.principal.language] ?? from },
    });
  }
  const { action, set, values } = step;
  await decide(ctx, 'lead', [row], { ...set, status: to }, { action, ...(values ? { values } : {}) });
}

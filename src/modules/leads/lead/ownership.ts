import type { OpenWork } from '../../../platform/ownership/rules.ts';
import { OPEN_STATES } from './states.ts';

/** What others go on with when somebody leaves. */
export const openLeads: OpenWork = {
  entity: 'lead',
  label: 'handover.leads',
  open: { field: 'status', op: 'in', value: [...OPEN_STATES] },
};

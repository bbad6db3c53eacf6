import type { OpenWork } from '../../platform/ownership/rules.ts';

/** Contracts that are not over go where their customer goes. */
export const openContracts: OpenWork = {
  entity: 'contract',
  label: 'handover.contracts',
  open: { field: 'status', op: 'nin', value: ['completed', 'terminated'] },
  follows: 'customer',
};

/** Orders that are not through go where their customer goes. */
export const openOrders: OpenWork = {
  entity: 'order',
  label: 'handover.orders',
  open: { field: 'status', op: 'nin', value: ['closed', 'cancelled'] },
  follows: 'customer',
};

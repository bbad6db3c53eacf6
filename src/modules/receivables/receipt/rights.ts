import type { Context } from '../../../platform/context/context.ts';

/** Whether finance's word on receipts, entries of the bank and invoices is the caller's to give. */
export const mayConfirm = (ctx: Context): boolean =>
  ctx.policies.administrator || ctx.policies.for('receipt').hasCommand('confirm');

/** The one ledger of money, for what pays besides receipts: rebates that are set off. */

export { allocate, allocationInput } from './allocate.ts';
export { receivable } from './book.ts';
export { openByDue } from './figures/owed.ts';
export { mayConfirm } from './receipt/rights.ts';

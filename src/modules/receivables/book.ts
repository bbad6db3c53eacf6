import { defineBook } from '../../platform/ledger/book.ts';

/**
 * Money owed to us and money come in. A receipt holds what is still free of it; what was allocated stands at what it paid for.
 * Invoices are reckoned beside receipts, not through them: one may come before the other.
 */
export const receivable = defineBook({
  name: 'receivable',
  accounts: {
    /** Of an entry of the bank's statement: what nobody has claimed yet. */
    bankEntry: { short: 'bank_entry_taken' },
    /** Of a receipt: what is free, 预收. */
    receipt: { short: 'receipt_short' },
    /** Of a rebate agreement: what was credited and is not set off yet. */
    rebate: { short: 'rebate_short' },
    /** What was received against each. */
    order: { short: 'allocation_gone', full: 'allocation_over_order' },
    contract: { short: 'allocation_gone', full: 'allocation_over_contract' },
    instalment: { short: 'allocation_gone', full: 'allocation_over_instalment' },
    invoicePaid: { short: 'allocation_gone', full: 'allocation_over_invoice' },
    /** Of an issued blue invoice: what no red one has taken back. */
    invoice: { short: 'invoice_flushed' },
    /** What was invoiced of each, red ones taken off. */
    orderInvoiced: { short: 'invoice_flushed', full: 'invoice_over_order' },
    contractInvoiced: { short: 'invoice_flushed', full: 'invoice_over_contract' },
  },
});

export type Account = keyof typeof receivable.accounts;

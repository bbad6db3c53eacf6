import { sql } from 'kysely';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { takeDecided } from '../../../platform/entity/decided.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { splitTax } from '../../../platform/money/tax.shared.ts';
import { salesBehaviour } from '../../documents/public.ts';
import { fillOpen, keepAgreed } from '../agreed.ts';
import { planInstalments } from '../instalment/behaviour.ts';

/** 增值税 for goods, where an amount is agreed as a whole and nothing else is said. */
const USUAL_TAX_RATE = '0.13';

/** A contract adds up, or has the amount that was agreed; its instalments add up to it, and its days follow from each other. */
export const contractBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    keepAgreed(ctx, 'contract', drafts, ['draft', 'amending']);
    takeDecided(ctx, drafts, 'draft');
    await salesBehaviour.prepare?.(ctx, drafts);
    await fillOpen(ctx, drafts);
    for (const draft of drafts) {
      agreedAmount(draft);
      planInstalments(ctx, draft, draftValue(draft, 'signedOn', 'signed_on') as string | null);
      setDays(draft);
    }
  },
  async beforeDelete(ctx, rows) {
    const ids = rows.map(({ id }) => id as string);
    const { rows: orders } = await sql`select from "order" where contract_id = any(${ids}::uuid[])
      and status not in ('draft', 'cancelled') and deleted_at is null limit 1`.execute(ctx.db);
    if (orders.length) throw problem('contract_has_orders', { status: 409 });
  },
};

/** Without lines the whole is what was agreed, split by one tax rate. */
function agreedAmount(draft: Draft): void {
  const { before, values, parts } = draft;
  if (before === null) {
    values.revision = 1;
    if (values.taxRate === undefined) values.taxRate = USUAL_TAX_RATE;
  }
  const amount = draftValue(draft, 'amount') as string | null;
  const currency = draftValue(draft, 'currency') as string | null;
  if (amount === null || !currency) return;
  if (parts?.lines?.length) {
    values.amount = null;
    return;
  }
  const { gross, net, tax } = splitTax(amount, draftValue(draft, 'taxRate', 'tax_rate') as string, currency);
  values.total = { amount: gross, currency };
  values.net = { amount: net, currency };
  values.taxAmount = { amount: tax, currency };
}

function setDays(draft: Draft): void {
  const day = (name: string, column: string) => draftValue(draft, name, column) as string | null;
  const [starts, ends] = [day('startsOn', 'starts_on'), day('endsOn', 'ends_on')];
  if (starts && ends && ends < starts) draft.problems.push({ path: 'endsOn', code: 'contract_ends_before' });
  const days = draftValue(draft, 'remindDays', 'remind_days') as number | null;
  draft.values.remindOn =
    ends && days !== null ? Temporal.PlainDate.from(ends).subtract({ days }).toString() : null;
}

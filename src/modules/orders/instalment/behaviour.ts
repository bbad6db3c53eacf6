import type { Context } from '../../../platform/context/context.ts';
import { type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import type { PaymentEvent } from './fields.ts';
import { amountsOf, dueDay, type EventDays, isWhole, type Terms, warrantyEnd } from './plan.ts';

/** In force as it stands: what came back, or was closed short, lowers every instalment by its share. */
const SETTLED = ['effective', 'completed', 'confirmed', 'partlyDelivered', 'delivered', 'closed'];

/** What instalments are shares of: the amount in force, or what is being agreed. */
function wholeOf(draft: Draft): MoneyValue | string | null {
  const inForce = draftValue(draft, 'effectiveTotal', 'effective_total') as MoneyValue | string | null;
  const settled = SETTLED.includes(draftValue(draft, 'status') as string);
  return settled && inForce ? inForce : (draftValue(draft, 'total') as MoneyValue | string | null);
}

/**
 * Puts amounts and days into the instalments of a record whose total is known.
 * @param signed the day of its signature
 */
export function planInstalments(ctx: Context, draft: Draft, signed: string | null): void {
  const acceptedOn = draftValue(draft, 'acceptedOn', 'accepted_on') as string | null;
  const months = draftValue(draft, 'warrantyMonths', 'warranty_months') as number | null;
  draft.values.warrantyUntil = warrantyEnd(acceptedOn, months);
  const happened: EventDays = {
    signed,
    arrival: draftValue(draft, 'arrivedOn', 'arrived_on') as string | null,
    acceptance: acceptedOn,
    warrantyEnd: draft.values.warrantyUntil as string | null,
  };
  const rows = draft.parts?.instalments ?? [];
  const terms = rows.map(termsOf);
  for (const [at, row] of rows.entries()) {
    const each = terms[at];
    if (each?.event === 'date' && !each.day) row.problems.push({ path: 'day', code: 'required' });
    if (each) row.values.dueOn = dueDay(ctx.businessDays, each, happened);
  }
  // A share that is missing is told with its row.
  if (terms.some((each) => each === null)) return;
  const percents = (terms as Terms[]).map(({ percent }) => percent);
  if (!isWhole(percents)) {
    const sum = percents.reduce((all, percent) => all.plus(percent), new Exact(0)).toFixed();
    draft.problems.push({ path: 'instalments', code: 'instalments_not_whole', params: { sum } });
    return;
  }
  const total = wholeOf(draft);
  const currency = draftValue(draft, 'currency') as string | null;
  if (total === null || !currency) return;
  const amount = typeof total === 'string' ? total : total.amount;
  const amounts = amountsOf({ amount, currency }, percents);
  for (const [at, row] of rows.entries()) row.values.amount = amounts[at] ?? null;
}

function termsOf(row: Draft): Terms | null {
  const percent = draftValue(row, 'percent') as string | null;
  const event = draftValue(row, 'event') as PaymentEvent | null;
  if (percent === null || event === null) return null;
  const days = (draftValue(row, 'days') as number | null) ?? 0;
  return { percent, event, days, day: draftValue(row, 'day') as string | null };
}

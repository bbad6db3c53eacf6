import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { multiplyMoney } from '../../../platform/money/money.shared.ts';
import { addWorkdays } from '../../../platform/time/business-calendar.ts';

/** What was handed out stays what it was. */
const SETTLED = ['product', 'quantity', 'customer', 'value', 'cost', 'kind', 'outOn'];

/** It begins as something to hand out, is called after its product, worth its price, and due after its working days. */
export const trialBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    takeDecided(ctx, drafts, 'draft');
    const settled = ({ before }: Draft) => before !== null && before.status !== 'draft';
    if (!isDecided(ctx)) for (const draft of drafts.filter(settled)) refuseSettled(draft);
    await fromProduct(
      ctx,
      drafts.filter(
        (draft) =>
          !settled(draft) && (!draft.before || 'product' in draft.values || 'quantity' in draft.values),
      ),
    );
    for (const draft of drafts) setDue(ctx, draft);
  },
  beforeDelete(_ctx, rows) {
    if (rows.some(({ status }) => status === 'out')) throw problem('trial_is_out', { status: 409 });
  },
};

function refuseSettled({ values, problems }: Draft): void {
  for (const path of SETTLED) if (path in values) problems.push({ path, code: 'trial_settled' });
}

/** Due so many working days after it went out; a day that somebody named stands. */
function setDue(ctx: Context, draft: Draft): void {
  const { before, values, problems, warnings } = draft;
  const out = draftValue(draft, 'outOn', 'out_on') as string | null;
  const days = draftValue(draft, 'workdays') as number | null;
  const due = (from: unknown, count: unknown) =>
    from && count ? addWorkdays(ctx.businessDays, from as string, count as number) : null;
  const moved = 'outOn' in values || 'workdays' in values;
  const named = before?.due_on && before.due_on !== due(before.out_on, before.workdays);
  if (out && days && moved && !values.dueOn && !named) values.dueOn = due(out, days);
  const day = draftValue(draft, 'dueOn', 'due_on') as string | null;
  if (out && day && day < out) warnings.push({ path: 'dueOn', code: 'trial_due_before' });
  if (out && out > dayOf(ctx) && draftValue(draft, 'status') === 'out')
    problems.push({ path: 'outOn', code: 'trial_out_later' });
}

interface Known {
  id: string;
  name: string;
  unit: string | null;
  price: string | null;
  currency: string | null;
  cost: string | null;
  costCurrency: string | null;
}

async function fromProduct(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const idOf = (draft: Draft) => draftValue(draft, 'product', 'product_id') as string | null;
  const ids = drafts.flatMap((draft) => idOf(draft) ?? []);
  if (ids.length === 0) return;
  const { rows } = await sql<Known>`select p.id, p.name, coalesce(p.unit, m.unit) as unit,
      coalesce(p.price, m.price)::text as price,
      case when p.price is null then m.price_currency else p.price_currency end as currency,
      coalesce(p.cost, m.cost)::text as cost,
      case when p.cost is null then m.cost_currency else p.cost_currency end as "costCurrency"
    from product p left join product m on m.id = p.variant_of_id where p.id = any(${ids}::uuid[])`.execute(
    ctx.db,
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const draft of drafts) {
    const { values, before } = draft;
    const product = known.get(idOf(draft) ?? '');
    const quantity = draftValue(draft, 'quantity') as string | null;
    if (!product || !quantity || !/^\d{1,15}(\.\d{1,6})?$/.test(quantity)) continue;
    const times = (amount: string, currency: string | null) =>
      multiplyMoney({ amount, currency: currency ?? ctx.currency }, quantity);
    // A new product, or another number of it, is worth something else.
    const anew = !before || 'product' in values || 'quantity' in values;
    if (!before) {
      values.name ??= product.name;
      values.unit ??= product.unit;
    }
    if (anew && product.price !== null) values.value ??= times(product.price, product.currency);
    if (anew && product.cost !== null) values.cost ??= times(product.cost, product.costCurrency);
  }
}

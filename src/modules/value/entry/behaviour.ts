import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { rulesOn } from '../rules/definition.ts';
import { phaseOf, standingsOf } from '../rules/phase.ts';
import { ruleVersions } from '../rules/store.ts';

type Values = Record<string, unknown>;

/** What a rule sets, by the circumstances it keeps entries in; beside the drafts, in their order. */
const kept = new WeakMap<Context, readonly Values[]>();

/** The same circumstances, in which entries get these values by rule. */
export function keeping(ctx: Context, values: readonly Values[]): Context {
  const inner = { ...ctx };
  kept.set(inner, values);
  return inner;
}

/** Costs are in the company's currency, somebody's, and of a time of the relation; those by rule are nobody's to change. */
export const costBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    const set = kept.get(ctx);
    if (set) {
      for (const [at, draft] of drafts.entries()) Object.assign(draft.values, set[at]);
      return;
    }
    for (const draft of drafts) checkByHand(ctx, draft);
    await fillPhases(ctx, drafts);
  },
  beforeDelete(_ctx, rows) {
    if (rows.some(({ source }) => source)) throw problem('cost_by_rule', { status: 409 });
  },
};

function checkByHand(ctx: Context, draft: Draft): void {
  if (draft.before?.source)
    for (const path of Object.keys(draft.values)) draft.problems.push({ path, code: 'cost_by_rule' });
  if (!draft.before && !draftValue(draft, 'person', 'person_id')) draft.values.person = ctx.principal.userId;
  const amount = draft.values.amount as MoneyValue | null | undefined;
  if (amount && amount.currency !== ctx.currency)
    draft.problems.push({ path: 'amount', code: 'cost_currency', params: { currency: ctx.currency } });
  if (amount && Number(amount.amount) < 0) draft.problems.push({ path: 'amount', code: 'cost_amount' });
}

async function fillPhases(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const open = drafts.filter(
    (draft) => !draftValue(draft, 'phase') && draftValue(draft, 'customer', 'customer_id'),
  );
  if (open.length === 0) return;
  const asked = open.map((draft) => ({
    customer: draftValue(draft, 'customer', 'customer_id') as string,
    day: (draftValue(draft, 'day') as string | null) ?? dayOf(ctx),
  }));
  const [versions, standings] = await Promise.all([ruleVersions(ctx), standingsOf(ctx, asked)]);
  for (const [at, draft] of open.entries()) {
    const standing = standings[at];
    if (standing) draft.values.phase = phaseOf(standing, rulesOn(versions, asked[at]?.day as string).phases);
  }
}

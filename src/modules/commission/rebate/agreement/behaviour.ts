import { sql } from 'kysely';
import type { Context } from '../../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../../platform/entity/behaviour.ts';
import { changedFields } from '../../../../platform/entity/changed.ts';
import { isDecided, takeDecided } from '../../../../platform/entity/decided.ts';
import { entityNamed } from '../../../../platform/entity/registry.ts';
import { problem } from '../../../../platform/errors/problem.ts';
import { FIRST_TIERS, tiersOf } from './tiers.ts';

/** What stays open once an agreement is in force; its people follow its customer. */
const STAYS_OPEN = new Set(['name', 'remark', 'owner', 'department']);

/** The terms of an agreement fit together, and those in force stay: what was accrued by them can be read in them. */
export const agreementBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    const entity = entityNamed(ctx.registry, 'rebateAgreement');
    const decided = isDecided(ctx);
    takeDecided(ctx, drafts, 'draft');
    for (const draft of drafts) {
      const { before, values, problems } = draft;
      if (!before || values.tiers === null) values.tiers ??= FIRST_TIERS;
      if (!before || values.currency === null) values.currency ??= ctx.currency;
      if (before && before.status !== 'draft' && !decided)
        for (const { name } of changedFields(entity, draft))
          if (!STAYS_OPEN.has(name)) problems.push({ path: name, code: 'rebate_in_force' });
      checkTerms(draft);
    }
    await checkPartners(ctx, drafts);
  },
  beforeDelete(_ctx, rows) {
    if (rows.some(({ status }) => status !== 'draft')) throw problem('rebate_in_force', { status: 409 });
  },
};

function checkTerms(draft: Draft): void {
  const { problems } = draft;
  const measure = draftValue(draft, 'measure');
  const tiers = tiersOf(measure).safeParse(draftValue(draft, 'tiers'));
  for (const issue of tiers.error?.issues.slice(0, 20) ?? []) {
    const code = (issue as { params?: { code?: string } }).params?.code ?? 'bad_format';
    problems.push({ path: ['tiers', ...issue.path].join('.'), code });
  }
  if (measure === 'quantity' && draftValue(draft, 'counted') === 'received')
    problems.push({ path: 'measure', code: 'rebate_money_has_no_pieces' });
  const [from, to] = [draftValue(draft, 'validFrom', 'valid_from'), draftValue(draft, 'validTo', 'valid_to')];
  if (typeof from === 'string' && typeof to === 'string' && to < from)
    problems.push({ path: 'validTo', code: 'ends_before_start' });
  if (draftValue(draft, 'withSide', 'with_side') === true && !draftValue(draft, 'partner', 'partner_id'))
    problems.push({ path: 'partner', code: 'required' });
}

/** A partner is the customer the agreement is made with. */
async function checkPartners(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const named = drafts.filter(({ values }) => values.partner);
  if (named.length === 0) return;
  const ids = named.map(({ values }) => values.partner as string);
  const { rows } = await sql<{ id: string; customer: string }>`select id, customer_id as customer from partner
    where id = any(${ids}::uuid[])`.execute(ctx.db);
  const customers = new Map(rows.map(({ id, customer }) => [id, customer]));
  for (const draft of named) {
    const customer = customers.get(draft.values.partner as string);
    if (customer && customer !== draftValue(draft, 'customer', 'customer_id'))
      draft.problems.push({ path: 'partner', code: 'rebate_other_partner' });
  }
}

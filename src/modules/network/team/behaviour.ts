import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';

/** Who is on a team sees the customer: so nobody gives more than he has, and nobody on a team gives himself more. */
export const teamBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const draft of drafts) checkTerm(draft);
    await Promise.all([checkGiver(ctx, drafts), nameMembers(ctx, drafts)]);
  },
};

function checkTerm(draft: Draft): void {
  const starts = draftValue(draft, 'startsOn', 'starts_on') as string | null;
  const ends = draftValue(draft, 'endsOn', 'ends_on') as string | null;
  if (starts && ends && ends < starts) draft.problems.push({ path: 'endsOn', code: 'ends_before_start' });
}

/**
 * Nobody gives on what was only given to him, and to let others change a customer one must be allowed to change it. What
 * is out of sight altogether is refused as a reference.
 */
async function checkGiver(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const customer = entityNamed(ctx.registry, 'customer');
  const policy = ctx.policies.for('customer');
  const read = policy.scope('read');
  const own = read.kind === 'some' ? { ...read, shares: false } : read;
  const ids = drafts.map((draft) => draftValue(draft, 'customer', 'customer_id'));
  const { rows } = await sql<{ id: string; own: boolean; change: boolean }>`
    select t.id, ${scopeCondition(customer, own, ctx.principal)} as own,
      ${scopeCondition(customer, policy.scope('update'), ctx.principal, { write: true })} as change
    from customer t where t.id = any(${ids}::uuid[])`.execute(ctx.db);
  const rights = new Map(rows.map((row) => [row.id, row]));
  drafts.forEach((draft, index) => {
    const right = rights.get(ids[index] as string);
    if (!right) return;
    if (!right.own) draft.problems.push({ path: '', code: 'team_not_yours' });
    else if (draft.values.access === 'write' && draft.before?.access !== 'write' && !right.change)
      draft.problems.push({ path: 'access', code: 'share_more_than_own' });
  });
}

/** A place is called by its person, unless it is called otherwise. */
async function nameMembers(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const fresh = drafts.filter(({ values }) => typeof values.user === 'string' && !values.name);
  if (fresh.length === 0) return;
  const ids = fresh.map(({ values }) => values.user);
  const { rows } = await sql<{ id: string; name: string }>`select id, name from "user"
    where id = any(${ids}::uuid[])`.execute(ctx.db);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  for (const { values } of fresh) values.name = names.get(values.user as string) ?? null;
}

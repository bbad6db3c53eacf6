import { sql } from 'kysely';
import { scopeCondition } from '../../platform/access/where.ts';
import { asSystem, type Context } from '../../platform/context/context.ts';
import { inTransaction } from '../../platform/context/transaction.ts';
import { compileFilter } from '../../platform/entity/filter.ts';
import { type MassResult, massRun, transferring } from '../../platform/entity/mass.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { forbidden } from '../../platform/errors/problem.ts';
import type { OpenWork } from '../../platform/ownership/rules.ts';
import { kindsOfWork } from './plan/open.ts';

interface Found {
  id: string;
  customer: string;
}

/** Open work on customers the caller may give away that the owner of each has to do himself: it may go along with the customer. */
async function workOn(ctx: Context, work: OpenWork, customers: readonly string[]): Promise<Found[]> {
  const entity = entityNamed(ctx.registry, work.entity);
  const system = asSystem(ctx, 'handover');
  const filter = await compileFilter(work.open, { ctx: system, policy: system.policies.for(entity.name) });
  const follows = sql.ref(`t.${entity.fields[work.follows ?? '']?.column}`);
  const root = entityNamed(ctx.registry, 'customer');
  const policy = ctx.policies.for('customer');
  const within = (action: 'read' | 'transfer') =>
    scopeCondition(root, policy.scope(action), ctx.principal, { alias: 'c' });
  const owner = sql.ref(`t.${entity.fields[work.field ?? 'owner']?.column}`);
  const { rows } = await sql<Found>`select t.id, ${follows} as customer from ${sql.table(entity.table)} t
    join customer c on c.id = ${follows} and c.owner_id = ${owner}
    where c.id = any(${[...customers]}::uuid[]) and ${within('read')} and ${within('transfer')} and t.deleted_at is null and ${filter.condition ?? sql`true`}
    order by t.id`.execute(ctx.db);
  return rows;
}

const followers = (ctx: Context) => kindsOfWork(ctx).filter((work) => work.follows);

/** How much of each kind would go along, for the question that asks. */
export async function countAlong(ctx: Context, customers: readonly string[]) {
  if (!ctx.policies.for('customer').can('transfer')) throw forbidden();
  const counts: { entity: string; count: number }[] = [];
  for (const work of followers(ctx)) {
    const count = (await workOn(ctx, work, customers)).length;
    if (count) counts.push({ entity: work.entity, count });
  }
  return counts;
}

/**
 * Gives customers to another person, and with them the chosen kinds of open work their owners had on them. Stages, follow-ups and
 * their authors stay as they are. Each part can be taken back by its own undo.
 */
export function giveWithWork(
  ctx: Context,
  customers: string[],
  to: { owner: string; along: readonly string[] },
): Promise<MassResult & { undoIds: string[] }> {
  const { owner, along } = to;
  return inTransaction(ctx, async (inner) => {
    const system = asSystem(inner, 'handover');
    const going: [OpenWork, Found[]][] = [];
    for (const work of followers(inner))
      if (along.includes(work.entity)) going.push([work, await workOn(inner, work, customers)]);
    const given = await massRun(inner, transferring(inner, 'customer', { owner }), customers);
    const stayed = new Set(given.failed.map(({ id }) => id));
    const undoIds = given.undoId ? [given.undoId] : [];
    for (const [work, found] of going) {
      const ids = found.filter(({ customer }) => !stayed.has(customer)).map(({ id }) => id);
      const moved = await massRun(system, transferring(system, work.entity, { owner }), ids);
      if (moved.undoId) undoIds.push(moved.undoId);
    }
    return { ...given, undoIds };
  });
}

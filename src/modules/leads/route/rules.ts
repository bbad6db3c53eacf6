import { type RawBuilder, sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { compileFilter } from '../../../platform/entity/filter.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import { dueAt } from '../../../platform/time/business-clock.ts';
import { instantText } from '../../../platform/time/instant.shared.ts';

export interface Route {
  id: string;
  condition: unknown;
  method: 'roundRobin' | 'load';
  skills: 'ignore' | 'prefer' | 'require';
  members: string[];
  departments: string[];
  maxOpen: number | null;
  responseMinutes: number | null;
  clock: 'business' | 'clock';
  escalateTo: string | null;
}

/** The rules in use, in their order, or only these. */
export async function activeRoutes(ctx: Context, ids?: readonly string[]): Promise<Route[]> {
  const { rows } =
    await sql<Route>`select id, condition, method, coalesce(skills, 'ignore') as skills, member_ids as members,
      member_department_ids as departments, max_open as "maxOpen", response_minutes as "responseMinutes", clock,
      escalate_to_id as "escalateTo"
    from lead_route where active and deleted_at is null ${ids ? sql`and id = any(${[...ids]}::uuid[])` : sql``}
    order by position, id`.execute(ctx.db);
  return rows;
}

/** Of these leads the rule that takes each: the first that fits. One that cannot be understood any more takes none. */
export async function routesFor(ctx: Context, ids: readonly string[]): Promise<Map<string, Route>> {
  const found = new Map<string, Route>();
  for (const route of await activeRoutes(ctx)) {
    const left = ids.filter((id) => !found.has(id));
    const fits = left.length ? await conditionOf(ctx, route) : null;
    if (!fits) continue;
    const { rows } = await sql<{ id: string }>`select t.id from lead t
      where t.id = any(${left}::uuid[]) and ${fits}`.execute(ctx.db);
    for (const { id } of rows) found.set(id, route);
  }
  return found;
}

async function conditionOf(ctx: Context, { condition }: Route): Promise<RawBuilder<unknown> | null> {
  const system = asSystem(ctx, 'lead routing');
  try {
    const filter = await compileFilter(condition ?? undefined, {
      ctx: system,
      policy: system.policies.for('lead'),
    });
    return filter.condition ?? sql`true`;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** Until when a lead given away now is to be answered, by its rule's clock. */
export function respondBy(
  ctx: Context,
  { responseMinutes, clock }: Pick<Route, 'responseMinutes' | 'clock'>,
): string | null {
  if (!responseMinutes) return null;
  if (clock === 'business') return dueAt(ctx.businessDays, ctx.timeZone, ctx.now, responseMinutes);
  return instantText(Temporal.Instant.from(ctx.now).add({ minutes: responseMinutes }));
}

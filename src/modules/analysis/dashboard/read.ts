import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { ownerName, usable } from '../saved/visible.ts';
import type { DashboardEntry, ShownDashboard } from './dashboard.shared.ts';

const MOST = 200;

/** The dashboards one may look at; first where one begins, then one's own. */
export async function dashboardsOf(ctx: Context): Promise<DashboardEntry[]> {
  const { rows } = await sql<DashboardEntry>`select t.id, t.name, ${ownerName} as owner,
      coalesce(t.owner_id = ${ctx.principal.userId}, false) as mine,
      t.home_of_ids && ${[...ctx.principal.roleIds]}::uuid[] as home
    from dashboard t where ${visible(ctx)}
    order by home desc, mine desc, t.name_key, t.id limit ${MOST}`.execute(ctx.db);
  return rows;
}

/** One of them with its tiles; throws `not_found` without it. */
export async function dashboardNamed(ctx: Context, id: string): Promise<ShownDashboard> {
  const { rows } =
    await sql<ShownDashboard>`select t.id, t.name, t.version, coalesce(t.tiles, '[]') as tiles, t.refresh, ${ownerName} as owner,
      coalesce(t.owner_id = ${ctx.principal.userId}, false) as mine,
      t.home_of_ids && ${[...ctx.principal.roleIds]}::uuid[] as home
    from dashboard t where t.id = ${id} and ${visible(ctx)}`.execute(ctx.db);
  if (!rows[0]) throw notFound('dashboard');
  return rows[0];
}

/** Whoever begins with a dashboard sees it. */
const visible = (ctx: Context) =>
  sql`(${usable(ctx, 'dashboard')} or (t.deleted_at is null and t.home_of_ids && ${[...ctx.principal.roleIds]}::uuid[]))`;

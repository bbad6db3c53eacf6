import { sql } from 'kysely';
import { awayAmong } from '../../../platform/approvals/delegation.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { type Candidate, choose, type Need } from './choose.ts';
import { NO_NEED, needsOf } from './need.ts';
import { type Route, respondBy } from './rules.ts';

/** Class of the advisory lock under which open leads are counted and given away. */
const LOADS = 7_245_060;

/**
 * Gives leads to people by their rules; gives those somebody was found for, with him. Rules are locked one after the other and
 * loads counted under one lock, so that of many at once each sees what the others gave away.
 */
export async function assign(
  ctx: Context,
  wishes: readonly { id: string; route: Route; without?: readonly string[] }[],
): Promise<Map<string, string>> {
  const given = new Map<string, string>();
  if (wishes.length === 0) return given;
  const system = asSystem(ctx, 'lead routing');
  const rows = new Map(
    (
      await lockRows(
        system,
        entityNamed(ctx.registry, 'lead'),
        wishes.map(({ id }) => id),
      )
    ).map((row) => [row.id as string, row]),
  );
  const routes = [...new Map(wishes.map(({ route }) => [route.id, route])).values()];
  await sql`select from lead_route where id = any(${routes.map(({ id }) => id)}::uuid[])
    order by id for no key update`.execute(ctx.db);
  if (routes.some(({ method, maxOpen }) => method === 'load' || maxOpen !== null))
    await sql`select pg_advisory_xact_lock(${LOADS}, 0)`.execute(ctx.db);
  const skilled = wishes.filter(({ route }) => route.skills !== 'ignore').map(({ id }) => id);
  const needs = skilled.length ? await needsOf(ctx, skilled) : new Map<string, Need>();
  const loads = new Map<string, number>();
  for (const route of routes) {
    const candidates = await candidatesOf(ctx, route, loads);
    for (const { id, without = [] } of wishes.filter((wish) => wish.route.id === route.id)) {
      const row = rows.get(id);
      if (!row) continue;
      const chosen = choose(
        candidates.filter((each) => !without.includes(each.id)),
        route,
        needs.get(id) ?? NO_NEED,
      );
      if (!chosen) continue;
      chosen.open += 1;
      loads.set(chosen.id, chosen.open);
      chosen.turn = Math.max(...candidates.map(({ turn }) => turn)) + 1;
      await give(system, row, route, chosen);
      given.set(id, chosen.id);
    }
  }
  return given;
}

async function candidatesOf(
  ctx: Context,
  route: Route,
  loads: ReadonlyMap<string, number>,
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`select u.id, coalesce(t.turn, 0)::int as turn,
      u.spoken, u.know_ids as knows, (select count(*)::int from lead l where l.owner_id = u.id and l.status in ('new', 'working')
        and l.deleted_at is null) as open
    from "user" u left join lead_turn t on t.route_id = ${route.id} and t.user_id = u.id
    where u.status = 'active' and u.deleted_at is null
      and (u.id = any(${route.members}::uuid[]) or u.department_id = any(${route.departments}::uuid[]))
    order by array_position(${route.members}::uuid[], u.id) nulls last, u.id`.execute(ctx.db);
  // Who is away would answer nobody.
  const away = await awayAmong(
    ctx,
    rows.map(({ id }) => id),
  );
  return rows
    .filter(({ id }) => !away.has(id))
    .map((row) => ({ ...row, open: loads.get(row.id) ?? row.open }));
}

async function give(ctx: Context, row: Row, route: Route, { id: owner, turn }: Candidate): Promise<void> {
  await sql`insert into lead_turn (route_id, user_id, turn) values (${route.id}, ${owner}, ${turn})
    on conflict (route_id, user_id) do update set turn = excluded.turn`.execute(ctx.db);
  const due = respondBy(ctx, route);
  await decide(
    ctx,
    'lead',
    [row],
    {
      route: route.id,
      assignedAt: ctx.now,
      respondBy: due,
      responseLimit: route.responseMinutes,
      responseClock: route.clock,
    },
    { action: 'route', values: { owner } },
  );
  await notify(ctx, [
    {
      to: [owner],
      kind: due ? 'lead.assignedUntil' : 'lead.assigned',
      record: { entity: 'lead', id: row.id as string },
      params: due ? { due: { instant: due } } : {},
      key: `lead.assigned:${row.id}:${ctx.now}`,
    },
  ]);
}

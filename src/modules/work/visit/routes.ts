import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { changeRows, lockRows, requireScope } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { lengthOf, routeOrder, type Stop } from './route-order.ts';

const tag = 'work';
const MOST = 100;

/** The order of a day's visits: reckoned by distance, or as told. */
export function visitRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/visits/route',
      summary: 'Put one’s visits of a day in order: by distance, or as told',
      tag,
      body: z.strictObject({
        date: z.iso.date(),
        /** Where one starts. */
        from: z
          .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
          .optional(),
        /** The visits in the order wanted; without it they are ordered by distance. */
        ids: z.array(z.uuid()).max(MOST).optional(),
      }),
      handle: ({ ctx, body }) =>
        inTransaction(ctx, async (inner) => {
          const stops = await stopsOf(inner, body.date);
          const order = body.ids ? asTold(stops, body.ids) : routeOrder(stops, body.from ?? null);
          await number(inner, order);
          return { ids: order, ...told(stops, order) };
        }),
    }),
  ];
}

async function stopsOf(ctx: Context, date: string): Promise<Stop[]> {
  const { rows } = await sql<{
    id: string;
    startsAt: string | null;
    latitude: string | null;
    longitude: string | null;
  }>`select v.id, v.starts_at as "startsAt", c.latitude, c.longitude from visit v
    join customer c on c.id = v.customer_id
    where v.owner_id = ${ctx.principal.userId} and v.status in ('planned', 'checkedIn') and v.date = ${date}
      and v.deleted_at is null order by v.route_order nulls last, v.starts_at nulls last, v.id limit ${MOST}`.execute(
    ctx.db,
  );
  return rows.map(({ id, startsAt, latitude, longitude }) => ({
    id,
    startsAt,
    place:
      latitude === null || longitude === null
        ? null
        : { latitude: Number(latitude), longitude: Number(longitude) },
  }));
}

/** Told visits first, what was not named after them. */
function asTold(stops: readonly Stop[], ids: readonly string[]): string[] {
  const mine = new Set(stops.map(({ id }) => id));
  if (ids.some((id) => !mine.has(id))) throw notFound('visit');
  return [...new Set([...ids, ...mine])];
}

/** How far it is in this order, and for how many stops nobody knows. */
function told(stops: readonly Stop[], order: readonly string[]): { metres: number; unknown: number } {
  const byId = new Map(stops.map((stop) => [stop.id, stop]));
  const places = order.flatMap((id) => byId.get(id)?.place ?? []);
  return { metres: Math.round(lengthOf(places)), unknown: order.length - places.length };
}

async function number(ctx: Context, ids: readonly string[]): Promise<void> {
  const visit = entityNamed(ctx.registry, 'visit');
  const rows = await lockRows(ctx, visit, ids);
  for (const row of rows) requireScope(ctx, visit, 'update', row);
  const changes = rows.map((row) => ({ row, values: { routeOrder: ids.indexOf(row.id as string) + 1 } }));
  const { drafts } = await changeRows(ctx, visit, changes);
  const problems = drafts.flatMap((draft) => draft.problems);
  if (problems.length) throw invalid(problems);
}

import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { directory } from '../../organisation/public.ts';
import { OPEN_STATES } from '../lead/states.ts';
import { assign } from './assign.ts';
import { routesFor } from './rules.ts';

/** Gives leads to whom the rules say; of those nobody was found for the administrators are told. Gives the owners by lead. */
export async function routeLeads(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const routes = await routesFor(ctx, ids);
  const given = await assign(
    ctx,
    [...routes].map(([id, route]) => ({ id, route })),
  );
  const left = ids.filter((id) => !given.has(id));
  if (left.length) {
    const to = await directory.administrators(ctx);
    await notify(
      ctx,
      left.map((id) => ({
        to: [routes.get(id)?.escalateTo ?? to].flat(),
        kind: 'lead.unrouted',
        record: { entity: 'lead', id },
        key: `lead.unrouted:${id}`,
      })),
    );
  }
  return given;
}

/** Gives chosen leads away by the rules, for example after an import. */
export const routeCommand = defineCommand({
  name: 'route',
  entity: 'lead',
  on: 'many',
  action: 'transfer',
  summary: 'Give leads away by the rules',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const open = rows.filter(({ status }) => (OPEN_STATES as readonly unknown[]).includes(status));
    const given = await routeLeads(
      ctx,
      open.map(({ id }) => id as string),
    );
    return { done: given.size, left: rows.length - given.size };
  },
});

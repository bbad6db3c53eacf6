import { sql } from 'kysely';
import { z } from 'zod';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { firstDay } from '../../../platform/time/period.shared.ts';
import { asSeen, resultsOf } from './results.ts';

const period = z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() });

/** The company's year so far, unless told. */
export const periodOf = (
  ctx: Pick<Context, 'timeZone' | 'now' | 'yearBegins'>,
  { from, to }: z.output<typeof period>,
) => {
  const today = dayOf(ctx);
  return { from: from ?? firstDay('year', today, ctx.yearBegins), to: to ?? today };
};

export const resultRoutes = (): Route[] => [
  route({
    method: 'GET',
    path: '/channel/results',
    summary: 'What the partners one sees came to in a time, in the order of their level',
    tag: 'channel',
    query: period,
    handle: async ({ ctx, query }) => {
      const policy = ctx.policies.for('partner');
      if (!policy.can('read')) throw forbidden();
      const scope = scopeCondition(entityNamed(ctx.registry, 'partner'), policy.scope('read'), ctx.principal);
      const within = periodOf(ctx, query);
      const which = sql`select t.id from partner t where t.deleted_at is null and ${scope}`;
      const items = await resultsOf(ctx, within, which);
      return { ...within, currency: ctx.currency, items: items.map((each) => asSeen(ctx, each)) };
    },
  }),
];

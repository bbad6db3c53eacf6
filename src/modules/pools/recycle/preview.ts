import { type RawBuilder, sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { dueQuery, later, nightOf, type Reason, rulesOf } from './due.ts';

const SHOWN = 200;

interface Due {
  id: string;
  name: string;
  owner: string;
  lastContactAt: string | null;
  base: string;
  total: number;
}

/** What the next night would take, and what has been warned of, as far as the caller sees those customers. Nothing is changed. */
export async function recycling(ctx: Context, only?: string) {
  const night = Temporal.PlainDate.from(dayOf(ctx)).add({ days: 1 }).toString();
  const policy = ctx.policies.for('customer');
  const scope = scopeCondition(policy.entity, policy.scope('read'), ctx.principal, { alias: 'd' });
  const rules = await rulesOf(ctx);
  const told = (name: string, value: RawBuilder<unknown>, otherwise = sql`null`) =>
    policy.sees(name) ? value : otherwise;
  const find = async (ahead: (days: number) => number) => {
    const items: (Omit<Due, 'total' | 'base'> & { pool: string; reason: Reason; on: string })[] = [];
    const seen = new Set<string>();
    let total = 0;
    for (const rule of rules) {
      if (only && rule.pool.id !== only) continue;
      const { rows } = await sql<Due>`select d.id, ${told('name', sql`d.name`, sql`'—'`)} as name,
          ${told('owner', sql`u.name`, sql`'—'`)} as owner,
          ${told('lastContactAt', sql`d.last_contact_at`)} as "lastContactAt", d.base,
          count(*) over ()::int as total
        from (${dueQuery(ctx, rule, night, ahead(rule.pool.warnDays ?? 0))}) d join "user" u on u.id = d.owner_id
        where ${scope} order by d.base, d.id limit ${SHOWN}`.execute(ctx.db);
      total += rows[0]?.total ?? 0;
      for (const { total: _, base, ...row } of rows) {
        if (seen.has(row.id)) total -= 1;
        else {
          const on = nightOf(ctx, base, rule.days);
          items.push({ ...row, pool: rule.pool.name, reason: rule.reason, on: later(on, night) });
        }
        seen.add(row.id);
      }
    }
    return { items: items.slice(0, SHOWN), total };
  };
  const tonight = await find(() => 0);
  const soon = await find((days) => days);
  const taken = new Set(tonight.items.map(({ id }) => id));
  return {
    night,
    tonight,
    soon: {
      items: soon.items.filter(({ id }) => !taken.has(id)),
      total: Math.max(soon.total - tonight.total, 0),
    },
  };
}

import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Condition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { allOf } from '../../../platform/entity/sort.ts';
import { addWorkdays, workdaysAgo } from '../../../platform/time/business-calendar.ts';
import { dateIn, startOfDay } from '../../../platform/time/instant.shared.ts';
import { activePools, belongs, type Pool, poolFor } from '../pool/rules.ts';

/** Why a customer is recycled: nobody spoke with it, or nothing was won. */
const REASONS = ['no_contact', 'not_won'] as const;
export type Reason = (typeof REASONS)[number];
export const isRecycled = (reason: string | undefined): boolean => REASONS.includes(reason as Reason);

const daysOf = (pool: Pool, reason: Reason): number | null =>
  reason === 'no_contact' ? pool.recycleNoContactDays : pool.recycleNotWonDays;

/** A pool with one of its rules, and the customers it may take. */
export interface Rule {
  pool: Pool;
  reason: Reason;
  days: number;
  /** Belonging into this pool and into none before it. */
  belongs: Condition;
}

/** Every rule by which customers are recycled, up to the first pool whose condition cannot be understood any more. */
export async function rulesOf(ctx: Context): Promise<Rule[]> {
  const rules: Rule[] = [];
  const before: RawBuilder<unknown>[] = [];
  for (const pool of await activePools(ctx)) {
    const condition = await belongs(ctx, pool);
    if (!condition) break;
    const own = sql<SqlBool>`coalesce(${condition}, false)`;
    const fits = allOf([own, ...before.map((each) => sql<SqlBool>`not ${each}`)]) as Condition;
    before.push(own);
    for (const reason of REASONS) {
      const days = daysOf(pool, reason);
      if (days) rules.push({ pool, reason, days, belongs: fits });
    }
  }
  return rules;
}

/** Since when a customer `t` with facts `f` and state `s` waits: the last contact with content, or that it came to its owner. */
const base = (ctx: Context, reason: Reason): RawBuilder<unknown> => {
  const wins = ctx.ownership.wins.filter((win) => win.entity === 'customer');
  const won = wins.length
    ? sql`(select max(w.at) from (${sql.join(
        wins.map((win) => win.last(ctx)),
        sql` union all `,
      )}) w where w.id = t.id)`
    : sql`null::timestamptz`;
  return sql`greatest(${reason === 'no_contact' ? sql`f.last_contact_at` : won}, s.since, t.created_at)`;
};

/**
 * The customers a rule takes in the night to `date`, or of which it would within `ahead` working days: owned by somebody at
 * work, past their protection, kept by nothing. One statement; customers `t` of no more than the rule's own condition are read.
 */
export function dueQuery(ctx: Context, rule: Rule, date: string, ahead = 0): RawBuilder<unknown> {
  const { reason, days } = rule;
  const cutoff = startOfDay(workdaysAgo(ctx.businessDays, date, Math.max(days - ahead, 0)), ctx.timeZone);
  const keeps = ctx.ownership.keeps.filter((keep) => keep.entity === 'customer');
  const conditions: Condition[] = [
    sql<SqlBool>`t.deleted_at is null and t.owner_id is not null and t.created_at < ${cutoff}`,
    sql<SqlBool>`(s.since is null or s.since < ${cutoff})`,
    sql<SqlBool>`(s.protected_until is null or s.protected_until < ${date})`,
    sql<SqlBool>`${base(ctx, reason)} < ${cutoff}`,
    // What a leaver has waits to be handed over, not for whoever comes first.
    sql<SqlBool>`exists (select from "user" u where u.id = t.owner_id and u.status <> 'deactivated')`,
    sql<SqlBool>`not exists (select from record_lock l where l.entity = 'customer' and l.record_id = t.id)`,
    ...keeps.map((keep) => sql<SqlBool>`t.id not in (select k.id from (${keep.ids(ctx)}) k)`),
    rule.belongs,
  ];
  return sql`select t.id, t.name, t.owner_id, t.updated_at, t.department_id, f.last_contact_at, ${base(ctx, reason)} as base
    from customer t left join customer_fact f on f.id = t.id left join customer_pool s on s.customer_id = t.id
    where ${allOf(conditions)}`;
}

/** The night in which a rule takes what waits since an instant. */
export function nightOf(ctx: Context, since: string, days: number): string {
  const last = addWorkdays(ctx.businessDays, dateIn(ctx.timeZone, since), days);
  return Temporal.PlainDate.from(last).add({ days: 1 }).toString();
}

/** The later of two dates. */
export const later = (a: string, b: string): string => [a, b].toSorted().at(-1) as string;

/** When one customer goes into a pool if nothing happens, and what keeps it from that. */
export async function dueOf(
  ctx: Context,
  id: string,
): Promise<{ recycleOn: string | null; recycleReason: Reason | null; keptBy: string[]; warned: boolean }> {
  const none = { recycleOn: null, recycleReason: null, keptBy: [], warned: false };
  const pool = (await poolFor(ctx, [id])).get(id);
  if (!pool) return none;
  const keptBy: string[] = [];
  for (const keep of ctx.ownership.keeps.filter((each) => each.entity === 'customer')) {
    const { rows } = await sql`select from (${keep.ids(ctx)}) k where k.id = ${id} limit 1`.execute(ctx.db);
    if (rows.length) keptBy.push(keep.reason);
  }
  if (keptBy.length) return { ...none, keptBy };
  const nights: { night: string; reason: Reason }[] = [];
  for (const reason of REASONS) {
    const days = daysOf(pool, reason);
    if (!days) continue;
    const { rows } = await sql<{ since: string; until: string | null }>`select ${base(ctx, reason)} as since,
        s.protected_until::text as until
      from customer t left join customer_fact f on f.id = t.id left join customer_pool s on s.customer_id = t.id
      where t.id = ${id} and t.owner_id is not null`.execute(ctx.db);
    const [row] = rows;
    if (!row) continue;
    const night = nightOf(ctx, row.since, days);
    const free = row.until ? Temporal.PlainDate.from(row.until).add({ days: 1 }).toString() : night;
    nights.push({ night: later(free, night), reason });
  }
  const first = nights.toSorted((a, b) => (a.night < b.night ? -1 : 1))[0];
  if (!first) return none;
  const from = addWorkdays(ctx.businessDays, first.night, -(pool.warnDays ?? 0));
  const warned = dateIn(ctx.timeZone, ctx.now) >= from;
  return { recycleOn: first.night, recycleReason: first.reason, keptBy, warned };
}

import { sql } from 'kysely';
import type { z } from 'zod';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { uuidv7 } from '../db/uuid.ts';
import { invalid, notFound } from '../errors/problem.ts';
import type { newDelegation } from './input.ts';

export interface Delegation {
  id: string;
  person: { id: string; title: string };
  to: { id: string; title: string };
  from: string;
  until: string;
}

/** Those for whom a person may decide at this moment, because they are away. */
export async function standInFor(ctx: Context, person: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct person_id as id from approval_delegation
    where to_id = ${person} and starts_at <= ${ctx.now} and ends_at > ${ctx.now}`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** Who decides for these people at this moment. */
export async function standInsOf(ctx: Context, people: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct to_id as id from approval_delegation
    where person_id = any(${people}::uuid[]) and starts_at <= ${ctx.now} and ends_at > ${ctx.now}`.execute(
    ctx.db,
  );
  return rows.map(({ id }) => id);
}

/** Until when those of these people are away who are away at this moment. */
export async function awayAmong(ctx: Context, people: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; until: string }>`select person_id as id, max(ends_at) as until
    from approval_delegation
    where person_id = any(${people}::uuid[]) and starts_at <= ${ctx.now} and ends_at > ${ctx.now}
    group by person_id`.execute(ctx.db);
  return new Map(rows.map(({ id, until }) => [id, until]));
}

/** One's own absences and those one stands in for, that are not over. */
export async function listDelegations(ctx: Context, id?: string): Promise<Delegation[]> {
  const { rows } =
    await sql<Delegation>`select d.id, jsonb_build_object('id', p.id, 'title', p.name) as person,
      jsonb_build_object('id', t.id, 'title', t.name) as "to", d.starts_at as "from", d.ends_at as until
    from approval_delegation d join "user" p on p.id = d.person_id join "user" t on t.id = d.to_id
    where ${ctx.principal.userId} in (d.person_id, d.to_id) and d.ends_at > ${ctx.now}
      ${id ? sql`and d.id = ${id}` : sql``} order by d.starts_at, d.id`.execute(ctx.db);
  return rows;
}

/** While one is away another decides in one's place. */
export async function delegate(ctx: Context, input: z.output<typeof newDelegation>): Promise<Delegation> {
  const { userId } = ctx.principal;
  const from = Temporal.Instant.from(input.from);
  const until = Temporal.Instant.from(input.until);
  if (Temporal.Instant.compare(until, from) <= 0 || Temporal.Instant.compare(until, ctx.now) <= 0)
    throw invalid([{ path: 'until', code: 'delegation_ends_early' }]);
  if (input.to === userId) throw invalid([{ path: 'to', code: 'delegation_to_oneself' }]);
  return inTransaction(ctx, async (inner) => {
    const known = await inner.approvals.directory.active(inner, [input.to]);
    if (!known.has(input.to)) throw invalid([{ path: 'to', code: 'unknown_reference' }]);
    const id = uuidv7();
    await sql`insert into approval_delegation (id, person_id, to_id, starts_at, ends_at, created_at)
      values (${id}, ${userId}, ${input.to}, ${from.toString()}, ${until.toString()}, ${inner.now})`.execute(
      inner.db,
    );
    await writeAudit(inner, {
      action: 'approval.delegate',
      entity: 'user',
      recordId: userId,
      note: `${known.get(input.to)} ${from.toString()} – ${until.toString()}`,
    });
    return (await listDelegations(inner, id))[0] as Delegation;
  });
}

/** One is back earlier. */
export async function endDelegation(ctx: Context, id: string): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    const { rows } = await sql`delete from approval_delegation
      where id = ${id} and person_id = ${inner.principal.userId} returning id`.execute(inner.db);
    if (!rows.length) throw notFound('approval_delegation');
    await writeAudit(inner, {
      action: 'approval.undelegate',
      entity: 'user',
      recordId: inner.principal.userId,
    });
  });
}

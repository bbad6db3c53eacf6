import { sql } from 'kysely';
import { z } from 'zod';
import { scopeCondition } from '../access/where.ts';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import type { WireRecord } from '../entity/meta.shared.ts';
import { lockRows, requireScope } from '../entity/records.ts';
import { entityNamed } from '../entity/registry.ts';
import { readMany } from '../entity/titles.ts';
import type { Entity } from '../entity/types.ts';
import { forbidden, notFound, problem } from '../errors/problem.ts';

import { type Reason, reasonsFor } from './reasons.ts';
import { isCompared } from './rule.ts';

export interface QueueItem {
  ids: [string, string];
  certainty: number;
  reasons: Reason[];
  records: WireRecord[];
}

interface PairRow {
  a: string;
  b: string;
  certainty: number;
  reasons: string[];
}

const position = z.tuple([z.number(), z.uuid(), z.uuid()]);

/** How long a pair put off rests. */
const LATER_DAYS = 7;

/** A record type whose pairs are looked for, for whoever may read it. */
export function comparedEntity(ctx: Context, name: string): Entity {
  const entity = entityNamed(ctx.registry, name);
  if (!isCompared(entity)) throw problem('not_compared', { status: 422 });
  if (!ctx.policies.for(name).can('read')) throw forbidden();
  return entity;
}

/** Pairs that wait for a decision, the surest first: those of which the caller may read both. */
export async function listPairs(
  ctx: Context,
  entityName: string,
  query: {
    limit: number;
    cursor?: string | undefined;
    least?: number | undefined;
    count?: boolean | undefined;
  },
): Promise<{ items: QueueItem[]; nextCursor: string | null; total?: number }> {
  const entity = comparedEntity(ctx, entityName);
  const from = query.cursor ? decode(query.cursor) : null;
  const scope = ctx.policies.for(entityName).scope('read');
  const inScope = (alias: string) => scopeCondition(entity, scope, ctx.principal, { alias });
  const table = sql.table(entity.table);
  const waiting = sql`from duplicate_pair p join ${table} one on one.id = p.a join ${table} two on two.id = p.b
    where p.entity = ${entityName} and p.decision is distinct from 'different'
      and (p.later_until is null or p.later_until < ${ctx.now}) and p.certainty >= ${query.least ?? 0}
      and one.deleted_at is null and two.deleted_at is null and ${inScope('one')} and ${inScope('two')}`;
  // Descending certainty and ascending ids do not compare as one row.
  const after = from
    ? sql`and (p.certainty < ${from[0]}::real or (p.certainty = ${from[0]}::real and (p.a, p.b) > (${from[1]}::uuid, ${from[2]}::uuid)))`
    : sql``;
  const { rows } = await sql<PairRow>`select p.a, p.b, p.certainty, p.reasons ${waiting} ${after}
    order by p.certainty desc, p.a, p.b limit ${query.limit + 1}`.execute(ctx.db);
  const page = rows.slice(0, query.limit);
  const records = await readMany(ctx, entityName, [...new Set(page.flatMap(({ a, b }) => [a, b]))]);
  const items = page.map(
    ({ a, b, certainty, reasons }): QueueItem => ({
      ids: [a, b],
      certainty,
      reasons: reasonsFor(ctx, entity, reasons),
      records: [a, b].flatMap((id) => records.get(id) ?? []),
    }),
  );
  const last = page.at(-1);
  const nextCursor = rows.length > query.limit && last ? encode([last.certainty, last.a, last.b]) : null;
  if (!query.count) return { items, nextCursor };
  const { rows: counted } = await sql<{
    n: number;
  }>`select count(*)::int as n from (select 1 ${waiting} limit 10000) s`.execute(ctx.db);
  return { items, nextCursor, total: counted[0]?.n ?? 0 };
}

const encode = (next: z.infer<typeof position>) => Buffer.from(JSON.stringify(next)).toString('base64url');

function decode(cursor: string): z.infer<typeof position> {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw problem('bad_cursor', { status: 400, errors: [{ path: 'cursor', code: 'bad_cursor' }] });
  }
}

export const decideInput = z.strictObject({
  entity: z.string().max(100),
  ids: z.tuple([z.uuid(), z.uuid()]),
  /** `different` is remembered for good, `later` for a week, null takes a decision back. */
  decision: z.enum(['different', 'later']).nullable(),
});

/** Says of two records that they are not the same one, or puts the question off; for whoever may change both. */
export async function decidePair(ctx: Context, input: z.infer<typeof decideInput>): Promise<void> {
  const entity = comparedEntity(ctx, input.entity);
  const [a, b] = input.ids.map((id) => id.toLowerCase()).sort() as [string, string];
  if (a === b) throw notFound('duplicate');
  await inTransaction(ctx, async (inner) => {
    const rows = await lockRows(inner, entity, [a, b]);
    if (rows.length < 2) throw notFound(entity.name);
    for (const row of rows) requireScope(inner, entity, 'update', row);
    const until =
      input.decision === 'later'
        ? Temporal.Instant.from(inner.now)
            .add({ hours: 24 * LATER_DAYS })
            .toString()
        : null;
    await sql`insert into duplicate_pair (a, b, entity, certainty, reasons, decision, decided_by, decided_at, later_until)
      values (${a}, ${b}, ${entity.name}, 0, '{}', ${input.decision}, ${inner.principal.userId}, ${inner.now}, ${until})
      on conflict (a, b) do update set decision = excluded.decision, decided_by = excluded.decided_by,
        decided_at = excluded.decided_at, later_until = excluded.later_until`.execute(inner.db);
    if (input.decision === 'later') return;
    const action = input.decision === 'different' ? 'not_duplicate' : 'duplicate_reopened';
    await writeAudit(inner, ...[a, b].map((recordId) => ({ action, entity: entity.name, recordId })));
  });
}

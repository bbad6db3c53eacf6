import { sql } from 'kysely';
import { z } from 'zod';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { limitOf } from '../../../platform/http/route.ts';
import type { Invited } from '../results/results.shared.ts';

export const invitesQuery = z.strictObject({ limit: limitOf(200).default(50), after: z.uuid().optional() });

/** Customers the caller sees, as the condition on a customer `t`. */
export const customersSeen = (ctx: Context) =>
  scopeCondition(
    entityNamed(ctx.registry, 'customer'),
    ctx.policies.for('customer').scope('read'),
    ctx.principal,
  );

/**
 * Who was asked, newest first, among the customers the caller sees. Of an anonymous survey nobody is told who has answered.
 */
export async function invitedOf(
  ctx: Context,
  id: string,
  { limit, after }: z.output<typeof invitesQuery>,
): Promise<{ items: Invited[]; next: string | null }> {
  const survey = await readRecord(ctx, 'survey', id);
  if (!ctx.policies.for('customer').can('read')) return { items: [], next: null };
  const { rows } = await sql<
    Omit<Invited, 'customer' | 'contact'> & { customer: string; contact: string | null }
  >`select i.id, i.customer_id as customer, i.contact_id as contact, i.mail, i.left_because as "leftBecause",
      i.mailed_at as "mailedAt", case when ${survey.anonymous === true} then null else i.spent end as answered,
      i.answer_id as answer
    from survey_invite i join customer t on t.id = i.customer_id and t.deleted_at is null
    where i.survey_id = ${survey.id} and ${after ? sql`i.id < ${after}` : sql`true`} and ${customersSeen(ctx)}
    order by i.id desc limit ${limit + 1}`.execute(ctx.db);
  const shown = rows.slice(0, limit);
  const ids = (pick: (row: (typeof rows)[number]) => string | null) =>
    new Set(shown.flatMap((row) => pick(row) ?? []));
  const titles = await titlesOf(
    ctx,
    new Map([
      ['customer', ids(({ customer }) => customer)],
      ['contact', ids(({ contact }) => contact)],
    ]),
  );
  const link = (linked: string | null) =>
    linked && titles.has(linked) ? { id: linked, title: titles.get(linked) as string } : null;
  return {
    items: shown.map((row) => ({ ...row, customer: link(row.customer), contact: link(row.contact) })),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

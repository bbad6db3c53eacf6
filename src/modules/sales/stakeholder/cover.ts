import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { listRecords } from '../../../platform/entity/list.ts';
import type { WireRecord } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { type Cover, gapsOf, type Part } from './cover.shared.ts';

const MOST = 100;

/** Who takes part in a piece of business, who might, and what is missing: as far as the caller sees these people. */
export async function coverOf(ctx: Context, id: string): Promise<Cover<WireRecord>> {
  const business = await readRecord(ctx, 'opportunity', id);
  const customer = (business.customer as { id: string } | null | undefined)?.id ?? null;
  const empty: Cover<WireRecord> = { people: [], suggestions: [], gaps: [], ties: [] };
  if (!ctx.policies.for('stakeholder').can('read')) return empty;
  const { items } = await listRecords(ctx, 'stakeholder', {
    filter: { field: 'opportunity', op: 'eq', value: id },
    sort: 'createdAt',
    limit: MOST,
  });
  const here = items.flatMap(({ contact }) => (contact as { id: string } | null | undefined)?.id ?? []);
  const known = await knowledgeOf(ctx, here);
  const parts = items.map((item): Part => {
    const about = known.get((item.contact as { id: string } | null | undefined)?.id ?? '');
    return {
      role: (item.role as string | null | undefined) ?? null,
      stance: (item.stance as string | null | undefined) ?? null,
      silent: about?.silent ?? null,
      knownBy: about?.knownBy ?? 0,
    };
  });
  const gaps =
    business.status === 'open' && ctx.policies.for('stakeholder').sees('role') ? gapsOf(parts) : [];
  const [suggestions, ties] = await Promise.all([suggestionsFor(ctx, customer, here), tiesAmong(ctx, here)]);
  return { people: items, suggestions, gaps, ties };
}

/** When each was last spoken with, and how many of us know him. Only told as a gap, never by whom or when. */
async function knowledgeOf(ctx: Context, contacts: readonly string[]) {
  if (contacts.length === 0) return new Map<string, { silent: number | null; knownBy: number }>();
  const { rows } = await sql<{ id: string; silent: number | null; knownBy: number }>`
    select k.id, (select ${dayOf(ctx)}::date - (max(a.occurred_at) at time zone ${ctx.timeZone})::date from activity a
        where a.customer_id = k.customer_id and k.id = any(a.contact_ids) and a.kind <> 'note' and a.deleted_at is null) as silent,
      (select count(distinct w.by)::int from (
        select q.user_id as by from acquaintance q where q.contact_id = k.id and q.deleted_at is null
        union select a.owner_id from activity a where a.customer_id = k.customer_id and k.id = any(a.contact_ids)
          and a.kind <> 'note' and a.deleted_at is null) w) as "knownBy"
    from contact k where k.id = any(${[...contacts]}::uuid[])`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** What binds these people to each other. */
async function tiesAmong(ctx: Context, here: readonly string[]): Promise<WireRecord[]> {
  if (here.length < 2 || !ctx.policies.for('tie').can('read')) return [];
  const { items } = await listRecords(ctx, 'tie', {
    filter: {
      and: [
        { field: 'from', op: 'in', value: [...here] },
        { field: 'to', op: 'in', value: [...here] },
      ],
    },
    sort: 'createdAt',
    limit: MOST,
  });
  return items;
}

async function suggestionsFor(ctx: Context, customer: string | null, here: readonly string[]) {
  const policy = ctx.policies.for('contact');
  if (!customer || !policy.can('read') || !policy.sees('decisionRole')) return [];
  const { items } = await listRecords(ctx, 'contact', {
    filter: {
      and: [
        { field: 'customer', op: 'eq', value: customer },
        { not: { field: 'decisionRole', op: 'empty', value: true } },
      ],
    },
    limit: MOST,
  });
  return items
    .filter(({ id, left }) => !here.includes(id) && left !== true)
    .map(({ id, title, decisionRole, attitude }) => ({
      id,
      title,
      role: (decisionRole as string | null | undefined) ?? null,
      stance: (attitude as string | null | undefined) ?? null,
    }));
}

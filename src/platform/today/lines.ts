import { type RawBuilder, sql } from 'kysely';
import { scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { entityNamed } from '../entity/registry.ts';
import { titlesOf, type Wanted, want } from '../entity/titles.ts';
import type { Field } from '../entity/types.ts';
import { translate } from '../i18n/translations.ts';
import type { TodayView } from './today.ts';

/** A row that becomes a line: whose, of which customer. */
export interface Line {
  id: string;
  owner: string;
  customer: string | null;
  [column: string]: unknown;
}

/** Words in the reader's language. */
export const say = (ctx: Context, key: string, params: Record<string, string | number> = {}): string =>
  translate(ctx.registry.words, ctx.principal.language, key, params);

/**
 * Rows of a record type by whose they are and when they are due: for each person one range of the index
 * (owner, status, due), which ends when enough are found. What they are found by must be seen; other fields the caller may
 * not see are blank.
 */
export async function ownLines<L extends Line>(
  ctx: Context,
  view: TodayView,
  entity: string,
  wish: { states: readonly string[]; by: string; until: string; columns: RawBuilder<unknown> },
): Promise<L[]> {
  const policy = ctx.policies.for(entity);
  const type = entityNamed(ctx.registry, entity);
  const found = type.fieldList.find(({ column }) => column === wish.by)?.name ?? wish.by;
  const needed = ['status', found, ...(view.people.length > 1 ? ['owner'] : [])];
  if (!policy.can('read') || !needed.every(policy.sees)) return [];
  const scope = scopeCondition(type, policy.scope('read'), ctx.principal);
  const by = sql.ref(`t.${wish.by}`);
  const parts = wish.states.map(
    (
      state,
    ) => sql`(select t.id, t.version, t.owner_id as owner, t.customer_id as customer, ${by} as due, ${wish.columns}
      from ${sql.table(type.table)} t where t.owner_id = p.id and t.status = ${state} and ${by} <= ${wish.until}
        and t.deleted_at is null and ${scope} order by ${by} limit ${view.limit})`,
  );
  const { rows } = await sql<L>`select l.* from unnest(${[...view.people]}::uuid[]) as p(id)
    cross join lateral (${sql.join(parts, sql` union all `)}) l order by l.due limit ${view.limit}`.execute(
    ctx.db,
  );
  const hidden = type.fieldList.filter(({ name }) => !policy.sees(name));
  return hidden.length ? rows.map((row) => ({ ...row, ...blanks(row, hidden) })) : rows;
}

/** A title is blank by a dash, anything else by nothing. */
const blanks = (row: Line, hidden: readonly Field[]): Record<string, unknown> =>
  Object.fromEntries(
    hidden.flatMap(({ name, kind }) => (name in row ? [[name, kind === 'text' ? '—' : null]] : [])),
  );

/** Names of customers and people as far as the reader may know them. */
export async function namesOf(
  ctx: Context,
  view: TodayView,
  lines: readonly Line[],
  more: readonly (readonly [entity: string, id: string | null])[] = [],
): Promise<(id: unknown) => string | null> {
  const wanted: Wanted = new Map();
  for (const { customer, owner } of lines) {
    if (customer) want(wanted, 'customer', customer);
    if (view.people.length > 1) want(wanted, 'user', owner);
  }
  for (const [entity, id] of more) if (id) want(wanted, entity, id);
  const titles = await titlesOf(ctx, wanted);
  return (id) => titles.get(id as string) ?? null;
}

/** Parts of a sentence with a dot between, empty ones left out. */
export const joined = (...parts: (string | null | undefined | false)[]): string =>
  parts.filter(Boolean).join(' · ');

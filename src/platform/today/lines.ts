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

/** What becomes lines: rows in these states, by a day or moment, up to one where `until` says so. */
interface Wish {
  states: readonly string[];
  /** The column they are due by. */
  by: string;
  until?: string;
  /** What else must be true of rows `t` of a state. */
  also?(state: string): RawBuilder<unknown>;
  /** Further fields they are found by. */
  needs?: readonly string[];
  columns: RawBuilder<unknown>;
}

/**
 * Rows of a record type by whose they are and when they are due: for each person and state one range of the index
 * (owner, status, due), which ends when enough are found. What they are found by must be seen; other fields the caller may
 * not see are blank.
 */
export async function ownLines<L extends Line>(
  ctx: Context,
  view: TodayView,
  entity: string,
  { states, by: column, until, also, needs = [], columns }: Wish,
): Promise<L[]> {
  const policy = ctx.policies.for(entity);
  const type = entityNamed(ctx.registry, entity);
  const found = type.fieldList.find((field) => field.column === column)?.name ?? column;
  const needed = ['status', found, ...needs, ...(view.people.length > 1 ? ['owner'] : [])];
  if (!policy.can('read') || !needed.every(policy.sees)) return [];
  const scope = scopeCondition(type, policy.scope('read'), ctx.principal);
  const by = sql.ref(`t.${column}`);
  const parts = states.map((state) => {
    const conditions = [
      sql`t.owner_id = p.id and t.status = ${state} and t.deleted_at is null`,
      ...(until ? [sql`${by} <= ${until}`] : []),
      ...(also ? [also(state)] : []),
      scope,
    ];
    return sql`(select t.id, t.version, t.owner_id as owner, t.customer_id as customer, ${by} as due, ${columns}
      from ${sql.table(type.table)} t where ${sql.join(conditions, sql` and `)} order by ${by} limit ${view.limit})`;
  });
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

import { type RawBuilder, sql } from 'kysely';
import { unveiled } from '../access/pool.ts';
import { scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { dayOf } from '../context/day.ts';
import { factTable } from '../entity/columns.ts';
import { titlesOf, type Wanted, want } from '../entity/titles.ts';
import type { Entity, Field } from '../entity/types.ts';
import { translate } from '../i18n/translations.ts';
import { dateIn } from '../time/instant.shared.ts';
import { daysWithin, type Window, windowsOf } from './round.ts';
import { type CalendarSource, sourcesIn } from './source.ts';

/** More in one view is no calendar any more; it says that there are others. */
export const MOST_ITEMS = 2000;

interface Named {
  id: string;
  title: string | null;
}

/** What stands in a calendar. */
export interface CalendarItem {
  /** It is known by this wherever it is moved to; what comes round is another each time. */
  key: string;
  entity: string;
  /** What it is, in a word. */
  label: string;
  kind: string;
  id: string;
  version: number;
  title: string;
  date: string;
  at: string | null;
  minutes: number | null;
  /** Value of the source's choice, and whether it is still to come. */
  state: string | null;
  open: boolean;
  owner: Named | null;
  customer: Named | null;
  /** The fields that another day changes, where the reader may; the server has the last word. */
  move: { date: string; at: string | null } | null;
}

export interface CalendarView {
  from: string;
  to: string;
  people: readonly string[];
}

interface Row {
  id: string;
  version: number;
  title: string | null;
  date: string;
  at: string | null;
  state: string | null;
  owner: string | null;
  customer: string | null;
  /** The day as people say it, of what comes round. */
  round: string | null;
  [scopeColumn: string]: unknown;
}

/** What these people have to do on these days, as far as the reader may know: one range of an index for each source. */
export async function calendarItems(
  ctx: Context,
  sources: readonly CalendarSource[],
  view: CalendarView,
): Promise<{ items: CalendarItem[]; more: boolean }> {
  if (view.people.length === 0) return { items: [], more: false };
  const known = sourcesIn(ctx.registry.byName, sources).filter(({ entity, source }) =>
    mayAsk(ctx, entity, source),
  );
  const found = await Promise.all(
    known.map(async ({ entity, source }) => ({
      entity,
      source,
      rows: await rowsOf(ctx, entity, source, view),
    })),
  );
  const wanted: Wanted = new Map();
  for (const { rows } of found)
    for (const { owner, customer } of rows) {
      if (owner) want(wanted, 'user', owner);
      if (customer) want(wanted, 'customer', customer);
    }
  const titles = await titlesOf(ctx, wanted);
  const named = (id: string | null): Named | null => (id ? { id, title: titles.get(id) ?? null } : null);
  const items = found.flatMap(({ entity, source, rows }) =>
    rows.map((row): CalendarItem => {
      const kind = source.label ?? entity.name;
      const open = source.states ? source.states.open.includes(row.state ?? '') : true;
      return {
        key: `${kind}-${row.id}${source.comesRound ? `-${row.date}` : ''}`,
        entity: entity.name,
        label: source.label
          ? translate(ctx.registry.words, ctx.principal.language, source.label, {})
          : entity.label[ctx.principal.language],
        kind,
        id: row.id,
        version: row.version,
        title: row.title ?? '',
        date: row.at ? dateIn(ctx.timeZone, row.at) : row.date,
        at: row.at,
        minutes: row.at ? (source.minutes ?? 60) : null,
        state: row.state,
        open,
        owner: named(row.owner),
        customer: entity.name === 'customer' ? { id: row.id, title: row.title } : named(row.customer),
        move: open ? movable(ctx, entity, source, row) : null,
      };
    }),
  );
  items.sort((a, b) => (when(a) < when(b) ? -1 : when(a) > when(b) ? 1 : a.id < b.id ? -1 : 1));
  return { items: items.slice(0, MOST_ITEMS), more: items.length > MOST_ITEMS };
}

/** Whose it is, and what has become of it, one could ask for day by day. */
function mayAsk(ctx: Context, entity: Entity, source: CalendarSource): boolean {
  const { can, sees } = ctx.policies.for(entity.name);
  const by = [source.date, source.otherwise, source.states?.field, source.unless].filter((name) => name);
  const root = source.whose === 'root' && entity.scope.kind === 'child' && entity.fields[entity.scope.of]?.to;
  const whose = root ? ctx.policies.for(root).sees('owner') : sees('owner');
  return can('read') && whose && by.every((name) => sees(name as string));
}

const when = ({ date, at }: CalendarItem) => `${date} ${at ?? ''}`;

/** The day's field may be written, and the record lies within what the reader may change. */
function movable(ctx: Context, entity: Entity, source: CalendarSource, row: Row): CalendarItem['move'] {
  const policy = ctx.policies.for(entity.name);
  const scope = policy.scope('update');
  const mine =
    scope.kind === 'all' ||
    (scope.kind === 'some' &&
      (scope.owners.some((name) => row[`_${name}`] === scope.userId) ||
        scope.departments.includes(row._department_id as string)));
  const writable = (name: string | undefined) => {
    const field = name ? entity.fields[name] : undefined;
    return (
      field && !field.fact && !field.readOnly && !field.immutable && policy.right(field.name) === 'write'
    );
  };
  if (!mine || !writable(source.date)) return null;
  return { date: source.date, at: writable(source.at) ? (source.at ?? null) : null };
}

async function rowsOf(
  ctx: Context,
  entity: Entity,
  source: CalendarSource,
  view: CalendarView,
): Promise<Row[]> {
  const policy = ctx.policies.for(entity.name);
  const fieldOf = (name: string | undefined): Field | undefined =>
    name && policy.sees(name) ? entity.fields[name] : undefined;
  const column = (field: Field | undefined, otherwise = sql`null`): RawBuilder<unknown> =>
    field ? sql.ref(`${field.fact ? 'f' : 't'}.${field.column}`) : otherwise;
  const date = entity.fields[source.date] as Field;
  const other = source.otherwise ? entity.fields[source.otherwise] : undefined;
  const day = other ? sql`coalesce(${column(date)}, ${column(other)})` : column(date);
  const round = roundOf(entity, source);
  const owner = sql.ref(source.whose === 'root' ? 't.root_owner_id' : 't.owner_id');
  // Personal days of records that wait in a pool are masked: a calendar would tell them.
  const open = date.sensitive ? sql`and ${unveiled(policy.veiled)}` : sql``;
  const without = source.unless
    ? sql`and ${column(entity.fields[source.unless])} is distinct from true`
    : sql``;
  const facts = date.fact ? sql`join ${sql.table(factTable(entity))} f on f.id = t.id` : sql``;
  const state = source.states && entity.fields[source.states.field];
  const scope = policy.scope('update');
  const rights = [
    ...(scope.kind === 'some' ? scope.owners : []),
    ...(entity.scope.kind === 'open' ? [] : ['department_id']),
  ];
  const { rows } = await sql<Row>`select t.id, t.version, ${column(fieldOf(entity.title))} as title,
      ${day}::text as date, ${round} as round, ${column(fieldOf(source.at))} as at, ${column(state || undefined)} as state,
      ${owner} as owner, ${column(fieldOf(entity.fields.customer?.to === 'customer' ? 'customer' : undefined))} as customer
      ${sql.join(
        rights.map((name) => sql`, ${sql.ref(`t.${name}`)} as ${sql.ref(`_${name}`)}`),
        sql``,
      )}
    from ${sql.table(entity.table)} t ${facts}
    where ${owner} = any(${[...view.people]}::uuid[]) and ${source.comesRound ? roundWithin(ctx, day, round, view) : within(day, [view])}
      ${state ? sql`and ${column(state)} = any(${[...(source.states?.shown ?? [])]}::text[])` : sql``}
      ${open} ${without} ${source.also ? sql`and ${source.also}` : sql``} and t.deleted_at is null and ${scopeCondition(entity, policy.scope('read'), ctx.principal)}
    order by ${day}, t.id limit ${MOST_ITEMS + 1}`.execute(ctx.db);
  return rows.flatMap((row) =>
    row.round === null ? [row] : daysWithin(row.round, view).map((kept) => ({ ...row, date: kept })),
  );
}

/** The day as people say it, of what comes round every year. */
function roundOf({ fields }: Entity, { comesRound }: CalendarSource): RawBuilder<unknown> {
  if (!comesRound) return sql`null`;
  const named = (name: string) => sql.ref(`t.${fields[name]?.column ?? name}`);
  const { day, yearly } = comesRound;
  return yearly ? sql`case when ${named(yearly)} is not false then ${named(day)} end` : named(day);
}

const within = (day: RawBuilder<unknown>, windows: readonly Window[]): RawBuilder<unknown> =>
  windows.length === 0
    ? sql`false`
    : sql`(${sql.join(
        windows.map(({ from, to }) => sql`${day} between ${from}::date and ${to}::date`),
        sql` or `,
      )})`;

/** Only the next day of what comes round is kept in the database: other years are looked for around it. */
function roundWithin(
  ctx: Context,
  day: RawBuilder<unknown>,
  round: RawBuilder<unknown>,
  view: Window,
): RawBuilder<unknown> {
  const [solar, lunar] = [windowsOf(view, dayOf(ctx), 'solar'), windowsOf(view, dayOf(ctx), 'lunar')];
  // First what an index finds, wide enough for all of them; then each by its calendar.
  return sql`${within(day, [view, ...lunar])} and case when ${round} is null then ${within(day, [view])}
    when ${round} like 'lunar:%' then ${within(day, lunar)} else ${within(day, solar)} end`;
}

import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { uuidv7 } from '../../../platform/db/uuid.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import type { Base } from '../sheet/base.ts';
import { type Period, periodOf } from '../sheet/period.ts';
import { REACH_FIELDS } from './behaviour.ts';
import type { FormKind, FormState, ReachKind, Sheet, SheetRow } from './form.shared.ts';

/** What a form is of, as it is stored. */
export interface StoredForm {
  id: string;
  kind: FormKind;
  period: Period;
  reach: { kind: ReachKind; id: string | null };
  status: FormState;
  round: number;
  owner: string | null;
  filler: string | null;
  reviewer: string | null;
  preparedBy: string | null;
  filledBy: string | null;
}

export function storedForm(row: Row): StoredForm {
  const kind = row.reach as ReachKind;
  const field = REACH_FIELDS[kind];
  const column = field?.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`);
  return {
    id: row.id as string,
    kind: row.kind as FormKind,
    period: periodOf(row.period as string),
    reach: { kind, id: column ? (row[`${column}_id`] as string) : null },
    status: row.status as FormState,
    round: Number(row.round ?? 0),
    owner: row.owner_id as string | null,
    filler: row.filler_id as string | null,
    reviewer: row.reviewer_id as string | null,
    preparedBy: row.prepared_by_id as string | null,
    filledBy: row.filled_by_id as string | null,
  };
}

/** What people have put into a form. */
export interface Judgements {
  filled: Record<string, Record<string, string>>;
  added: string[];
  left: string[];
}

export async function judgementsOf({ db }: Pick<Context, 'db'>, form: string): Promise<Judgements> {
  const [cells, marks] = await Promise.all([
    sql<{
      key: string;
      name: string;
      value: string;
    }>`select row_key as key, column_name as name, value from customer_form_cell where form_id = ${form}`.execute(
      db,
    ),
    sql<{
      id: string;
      put: boolean;
    }>`select customer_id as id, put from customer_form_mark where form_id = ${form} order by at, customer_id`.execute(
      db,
    ),
  ]);
  const filled: Judgements['filled'] = {};
  for (const { key, name, value } of cells.rows) {
    filled[key] ??= {};
    filled[key][name] = value;
  }
  const marked = (put: boolean) => marks.rows.filter((mark) => mark.put === put).map(({ id }) => id);
  return { filled, added: marked(true), left: marked(false) };
}

/** Whose customers a sheet tells of: who may see all of them may read it. */
export interface Holder {
  owner_id: string | null;
  department_id: string | null;
}

export async function holdersOf({ ctx, customers }: Base, sheet: Sheet, sums: boolean): Promise<Holder[]> {
  const named = sheet.rows.flatMap(({ customer }) => customer ?? []);
  const which = sums ? customers : sql`t.id = any(${named}::uuid[])`;
  const { rows } = await sql<Holder>`select distinct t.owner_id, t.department_id from customer t
    where ${which}`.execute(ctx.db);
  return rows;
}

/** What a sheet that was handed in keeps besides its lines. */
export interface Head extends Pick<Sheet, 'columns' | 'total' | 'notes' | 'cut'> {
  company: string;
  period: string;
  reach: string;
}

export interface Version {
  id: string;
  round: number;
  state: 'submitted' | 'returned' | 'locked';
  head: Head;
  holders: Holder[];
  prepared_by: string | null;
  prepared_at: string | null;
  filled_by: string | null;
  filled_at: string;
  decided_by: string | null;
  decided_at: string | null;
  reason: string | null;
  rows: number;
}

/** Keeps a sheet as it is handed in. */
export async function keepVersion(
  ctx: Context,
  version: Pick<Version, 'round' | 'head' | 'holders' | 'prepared_by' | 'prepared_at'> & {
    form: string;
    rows: readonly SheetRow[];
  },
): Promise<void> {
  const { form, round, head, holders, rows } = version;
  const id = uuidv7();
  await sql`insert into customer_form_version (id, form_id, round, state, head, holders, prepared_by, prepared_at, filled_by, filled_at)
    values (${id}, ${form}, ${round}, 'submitted', ${JSON.stringify(head)}::jsonb, ${JSON.stringify(holders)}::jsonb,
      ${version.prepared_by}, ${version.prepared_at}, ${ctx.principal.userId}, ${ctx.now})`.execute(ctx.db);
  const lines = rows.map(({ key, customer, hand, cells }, at) => ({
    at,
    key,
    customer,
    hand: hand ?? false,
    cells,
  }));
  await sql`insert into customer_form_line (version_id, at, row_key, customer_id, hand, cells)
    select ${id}, l.at, l.key, l.customer, l.hand, l.cells
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(at int, key text, customer uuid, hand boolean, cells jsonb)`.execute(
    ctx.db,
  );
}

/** What became of the sheet in hand. */
export async function decideVersion(
  ctx: Context,
  { id, round }: StoredForm,
  state: 'returned' | 'locked',
  reason: string | null,
): Promise<void> {
  await sql`update customer_form_version set state = ${state}, decided_by = ${ctx.principal.userId},
    decided_at = ${ctx.now}, reason = ${reason} where form_id = ${id} and round = ${round}`.execute(ctx.db);
}

const iso = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** How often a form was handed in, the latest first. */
export async function versionsOf(
  { db }: Pick<Context, 'db'>,
  form: string,
  round?: number,
): Promise<Version[]> {
  const { rows } =
    await sql<Version>`select v.id, v.round, v.state, v.head, v.holders, v.prepared_by, ${iso('v.prepared_at')} as prepared_at,
      v.filled_by, ${iso('v.filled_at')} as filled_at, v.decided_by, ${iso('v.decided_at')} as decided_at, v.reason,
      (select count(*) from customer_form_line l where l.version_id = v.id)::int as rows
    from customer_form_version v where v.form_id = ${form} and (${round ?? null}::int is null or v.round = ${round ?? null})
    order by v.round desc`.execute(db);
  return rows;
}

export async function linesOf({ db }: Pick<Context, 'db'>, version: string): Promise<SheetRow[]> {
  const { rows } = await sql<
    SheetRow & { erased: boolean; hand: boolean }
  >`select row_key as key, customer_id as customer,
    hand, erased, cells from customer_form_line where version_id = ${version} order by at`.execute(db);
  return rows.map(({ hand, erased, ...row }) => ({
    ...row,
    ...(hand ? { hand } : {}),
    ...(erased ? { erased } : {}),
  }));
}

import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { dayOf } from '../context/day.ts';
import { uuidv7 } from '../db/uuid.ts';
import { notFound } from '../errors/problem.ts';
import type { Param } from '../notifications/params.ts';
import { openSeats } from './machine.ts';
import type { Mark, State, Status } from './state.ts';
import type { Chosen } from './world.ts';

/** An approval as it is stored. */
export interface ApprovalRow {
  id: string;
  number: string;
  subject: string;
  entity: string | null;
  record_id: string | null;
  /** Empty where it is about a record: that has its name itself. */
  title: string;
  lines: { label: string; value: Param }[];
  input: Record<string, unknown>;
  values: Record<string, unknown>;
  chosen: Chosen;
  comment: string | null;
  flow_id: string | null;
  flow_version: number | null;
  status: Status;
  state: State;
  started_by: string | null;
  started_at: string;
  ended_at: string | null;
  reminded_at: string | null;
  due_at: string | null;
}

/** One line of what happened. */
export interface HistoryRow {
  id: string;
  at: string;
  actor_id: string | null;
  actor_name: string | null;
  for_id: string | null;
  for_name: string | null;
  action: Mark['kind'] | 'reminded';
  step: string | null;
  people: string[];
  note: string | null;
  comment: string | null;
  edits: string[] | null;
}

export const isOpen = (status: Status) => status === 'running' || status === 'returned';

/** An approval, kept from everybody else until the transaction ends: of two who decide at once the second sees what the first did. */
export async function lockApproval(ctx: Context, id: string): Promise<ApprovalRow> {
  const { rows } = await sql<ApprovalRow>`select * from approval where id = ${id} for update`.execute(ctx.db);
  if (!rows[0]) throw notFound('approval');
  return rows[0];
}

export async function approvalsWhere(ctx: Context, which: RawBuilder<unknown>): Promise<ApprovalRow[]> {
  const { rows } = await sql<ApprovalRow>`select a.* from approval a where ${which}`.execute(ctx.db);
  return rows;
}

type Fresh = Omit<
  ApprovalRow,
  'id' | 'number' | 'reminded_at' | 'due_at' | 'started_at' | 'ended_at' | 'started_by'
>;

export async function insertApproval(ctx: Context, fresh: Fresh): Promise<ApprovalRow> {
  const id = uuidv7();
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
  const { rows } =
    await sql<ApprovalRow>`insert into approval (id, number, subject, entity, record_id, title, lines,
      input, values, chosen, comment, flow_id, flow_version, status, state, started_by, started_at, ended_at)
    values (${id}, ${`SP-${dayOf(ctx).slice(0, 4)}-`} || lpad(nextval('approval_number_seq')::text, 6, '0'),
      ${fresh.subject}, ${fresh.entity}, ${fresh.record_id}, ${fresh.title}, ${json(fresh.lines)}, ${json(fresh.input)},
      ${json(fresh.values)}, ${json(fresh.chosen)}, ${fresh.comment}, ${fresh.flow_id}, ${fresh.flow_version},
      ${fresh.status}, ${json(fresh.state)}, ${ctx.principal.userId}, ${ctx.now}, ${isOpen(fresh.status) ? null : ctx.now})
    returning *`.execute(ctx.db);
  return rows[0] as ApprovalRow;
}

/** Changes stored columns; objects are written as documents. */
export async function updateApproval(
  ctx: Context,
  id: string,
  values: Partial<Omit<ApprovalRow, 'id' | 'number'>>,
): Promise<void> {
  const sets = Object.entries(values).map(([name, value]) =>
    typeof value === 'object' && value !== null
      ? sql`${sql.ref(name)} = ${JSON.stringify(value)}::jsonb`
      : sql`${sql.ref(name)} = ${value}`,
  );
  await sql`update approval set ${sql.join(sets)} where id = ${id}`.execute(ctx.db);
}

/** Brings the work lists in step with the state: who is asked now, who was told. */
export async function syncTasks(
  ctx: Context,
  id: string,
  state: State,
  decided?: { seat: string; by: string | null },
): Promise<void> {
  const open = openSeats(state).map(({ seat }) => ({ seat: seat.id, person: seat.person, kind: 'decide' }));
  const copies = state.copies.map((person) => ({ seat: `cc:${person}`, person, kind: 'cc' }));
  if (decided) {
    await sql`update approval_task set decided_by = ${decided.by} where approval_id = ${id} and seat = ${decided.seat}`.execute(
      ctx.db,
    );
  }
  await sql`update approval_task set state = 'done', done_at = ${ctx.now}
    where approval_id = ${id} and kind = 'decide' and state = 'open'
      and seat <> all(${open.map(({ seat }) => seat)}::text[])`.execute(ctx.db);
  const tasks = [...open, ...copies];
  await sql`insert into approval_task (approval_id, seat, person_id, kind, opened_at)
    select ${id}, t.seat, t.person::uuid, t.kind, ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb) as t(seat text, person text, kind text)
    on conflict (approval_id, seat) do update set state = 'open', done_at = null
      where excluded.kind = 'decide' and approval_task.state = 'done' and approval_task.decided_by is null`.execute(
    ctx.db,
  );
}

export interface Doing {
  /** For whom a stand-in decides. */
  standsFor?: string | null | undefined;
  comment?: string | null | undefined;
  edits?: string[] | undefined;
}

/** Writes what happened; the comment stands at the first line, which is the person's own doing. */
export async function writeHistory(
  ctx: Context,
  id: string,
  marks: readonly {
    kind: string;
    step?: string | undefined;
    people?: string[] | undefined;
    note?: string | undefined;
  }[],
  { standsFor, comment, edits }: Doing = {},
): Promise<void> {
  const rows = marks.map((mark, at) => ({
    id: uuidv7(),
    own: at === 0,
    action: mark.kind,
    step: mark.step ?? null,
    people: mark.people ?? [],
    note: mark.note ?? null,
  }));
  await sql`insert into approval_history (id, approval_id, at, actor_id, actor_name, for_id, action, step, people, note,
      comment, edits)
    select m.id, ${id}, ${ctx.now}, case when m.own then a.id end, case when m.own then a.name end,
      case when m.own then ${standsFor ?? null}::uuid end, m.action, m.step,
      array(select jsonb_array_elements_text(m.people))::uuid[], m.note,
      case when m.own then ${comment || null}::text end, case when m.own then ${edits ? JSON.stringify(edits) : null}::jsonb end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as m(id uuid, own boolean, action text, step text, people jsonb, note text)
    left join "user" a on a.id = ${ctx.principal.userId}
    order by m.id`.execute(ctx.db);
}

export async function historyOf(ctx: Context, id: string): Promise<HistoryRow[]> {
  const { rows } =
    await sql<HistoryRow>`select h.id, h.at, h.actor_id, h.actor_name, h.for_id, f.name as for_name,
      h.action, h.step, h.people, h.note, h.comment, h.edits
    from approval_history h left join "user" f on f.id = h.for_id where h.approval_id = ${id} order by h.id`.execute(
      ctx.db,
    );
  return rows;
}

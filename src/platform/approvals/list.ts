import { sql } from 'kysely';
import type { Condition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { readRecord } from '../entity/records.ts';
import { decides } from './access.ts';
import type { ApprovalItem } from './sheet.shared.ts';
import { lineOf, personNames, recordTitles } from './sheet.ts';
import { approvalsWhere } from './store.ts';

export const BOXES = ['todo', 'mine', 'cc', 'done'] as const;
export type Box = (typeof BOXES)[number];

/** To decide, begun by oneself, told, decided by oneself. */
export function inBox(ctx: Context, box: Box): Condition {
  const me = ctx.principal.userId;
  switch (box) {
    case 'todo':
      return sql`a.status = 'running' and a.id in (select t.approval_id from approval_task t
        where t.state = 'open' and t.kind = 'decide' and ${decides(ctx)})`;
    case 'mine':
      return sql`a.started_by = ${me}`;
    case 'cc':
      return sql`a.id in (select t.approval_id from approval_task t where t.person_id = ${me} and t.kind = 'cc')`;
    case 'done':
      return sql`a.id in (select t.approval_id from approval_task t where t.decided_by = ${me})`;
  }
}

interface Page {
  cursor?: string | undefined;
  limit: number;
}

/** One box of the caller's work list; what waits longest comes first where he must decide, else the newest. */
export async function listApprovals(
  ctx: Context,
  box: Box,
  page: Page,
): Promise<{ items: ApprovalItem[]; nextCursor: string | null }> {
  return pageOf(ctx, inBox(ctx, box), page, box === 'todo');
}

/** The approvals of a record, for whoever may read it. */
export async function approvalsOfRecord(
  ctx: Context,
  entity: string,
  id: string,
  page: Page,
): Promise<{ items: ApprovalItem[]; nextCursor: string | null }> {
  await readRecord(ctx, entity, id);
  return pageOf(ctx, sql`a.entity = ${entity} and a.record_id = ${id}`, page, false);
}

async function pageOf(ctx: Context, which: Condition, { cursor, limit }: Page, oldestFirst: boolean) {
  const after = cursor
    ? oldestFirst
      ? sql`and a.id > ${cursor}::uuid`
      : sql`and a.id < ${cursor}::uuid`
    : sql``;
  const order = oldestFirst ? sql`a.id` : sql`a.id desc`;
  const rows = await approvalsWhere(ctx, sql`${which} ${after} order by ${order} limit ${limit + 1}`);
  const shown = rows.slice(0, limit);
  const titles = await recordTitles(ctx, shown);
  const lines = shown.map((row) => lineOf(ctx, row, titles));
  const names = await personNames(
    ctx,
    shown.flatMap((row, at) => [
      ...(row.started_by ? [row.started_by] : []),
      ...(lines[at]?.now?.people ?? []),
    ]),
  );
  const { rows: unread } = await sql<{ id: string }>`select approval_id as id from approval_task
    where person_id = ${ctx.principal.userId} and kind = 'cc' and state = 'open'
      and approval_id = any(${shown.map((row) => row.id)}::uuid[])`.execute(ctx.db);
  const items = shown.map((row, at): ApprovalItem => {
    const line = lines[at] as (typeof lines)[number];
    return {
      ...line,
      startedBy: row.started_by ? { id: row.started_by, title: names.get(row.started_by) ?? null } : null,
      waitsFor: (line.now?.people ?? []).flatMap((person) => names.get(person) ?? []),
      unread: unread.some(({ id }) => id === row.id),
    };
  });
  return { items, nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** What waits for the caller: to decide, and to look at. */
export async function waiting(ctx: Context): Promise<{ todo: number; unread: number }> {
  const me = ctx.principal.userId;
  const { rows } = await sql<{ todo: number; unread: number }>`select
    (select count(distinct approval_id) from approval_task t where t.state = 'open' and t.kind = 'decide'
      and ${decides(ctx)}) as todo,
    (select count(*) from approval_task where person_id = ${me} and kind = 'cc' and state = 'open') as unread`.execute(
    ctx.db,
  );
  return rows[0] as { todo: number; unread: number };
}

/** A copy has been looked at. */
export async function markRead(ctx: Context, id: string): Promise<void> {
  await sql`update approval_task set state = 'done', done_at = ${ctx.now}
    where approval_id = ${id} and person_id = ${ctx.principal.userId} and kind = 'cc' and state = 'open'`.execute(
    ctx.db,
  );
}

import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { changeRows, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { notFound, problem } from '../../../platform/errors/problem.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { kindsOfWork, requireGiving, UNNAMED } from './open.ts';

export const UNDO_DAYS = 30;

interface Item {
  record_id: string;
  from_department: string | null;
  to_owner: string;
}

/**
 * Gives everything back to whoever had it, within 30 days. What has changed hands since, or was deleted, stays and is listed.
 */
export function undoHandover(
  ctx: Context,
  id: string,
): Promise<{ restored: number; changed: { entity: string; id: string; title: string }[] }> {
  requireGiving(ctx);
  return inTransaction(ctx, async (inner) => {
    const { rows } = await sql<{
      userId: string;
      name: string;
      state: string;
      late: boolean;
    }>`select user_id as "userId", state,
        (select u.name from "user" u where u.id = user_id) as name,
        done_at < ${inner.now}::timestamptz - ${`${UNDO_DAYS} days`}::interval as late
      from handover where id = ${id} and (created_by = ${inner.principal.userId} or ${ctx.policies.administrator})
      for update`.execute(inner.db);
    const [handover] = rows;
    if (!handover) throw notFound();
    if (handover.state !== 'done') throw problem('handover_not_done', { status: 409 });
    if (handover.late) throw problem('handover_too_late', { status: 409, params: { days: UNDO_DAYS } });
    const cause = { kind: 'undo', id } as const;
    const acting = asSystem({ ...inner, principal: { ...inner.principal, cause } }, 'handover_undo');
    const changed: { entity: string; id: string; title: string }[] = [];
    const returned: string[] = [];
    for (const { entity: name, field = 'owner' } of kindsOfWork(ctx)) {
      const entity = entityNamed(ctx.registry, name);
      const { rows: items } = await sql<Item>`select record_id, from_department, to_owner from handover_item
        where handover_id = ${id} and entity = ${name} order by record_id`.execute(inner.db);
      if (items.length === 0) continue;
      const locked = await lockRows(
        acting,
        entity,
        items.map((item) => item.record_id),
      );
      const byId = new Map(locked.map((row) => [row.id as string, row]));
      const column = entity.fields[field]?.column ?? 'owner_id';
      const back = items.filter((item) => byId.get(item.record_id)?.[column] === item.to_owner);
      const changes = back.map((item) => ({
        row: byId.get(item.record_id) as (typeof locked)[number],
        values: {
          [field]: handover.userId,
          ...(entity.scope.kind === 'own' && field === 'owner' ? { department: item.from_department } : {}),
        },
      }));
      const { drafts } = await changeRows(acting, entity, changes, { action: 'undo' });
      const done = new Set(drafts.filter((draft) => !draft.problems.length).map((draft) => draft.id));
      returned.push(...back.filter((item) => done.has(item.record_id)).map((item) => item.to_owner));
      const left = items.map(({ record_id }) => record_id).filter((each) => !done.has(each));
      const titles = await titlesOf(inner, new Map([[name, new Set(left)]]));
      for (const each of left) changed.push({ entity: name, id: each, title: titles.get(each) ?? UNNAMED });
    }
    for (const other of ctx.ownership.otherWork) {
      const { rows: items } = await sql<{ id: string; to: string }>`select record_id as id, to_owner as to
        from handover_item where handover_id = ${id} and entity = ${other.name} order by record_id`.execute(
        inner.db,
      );
      const back = await other.giveBack(acting, handover.userId, items);
      returned.push(...items.filter((item) => back.includes(item.id)).map((item) => item.to));
      for (const item of items.filter((each) => !back.includes(each.id)))
        changed.push({ entity: other.name, id: item.id, title: UNNAMED });
    }
    const result = { restored: returned.length, changed };
    await sql`update handover set state = 'undone', undone_at = ${inner.now}, undone_by = ${inner.principal.userId},
      result = ${JSON.stringify(result)}::jsonb where id = ${id}`.execute(inner.db);
    await writeAudit(inner, { action: 'handover_undo', entity: 'user', recordId: handover.userId });
    await tellReturned(inner, id, handover.name, returned);
    return result;
  });
}

/** Whoever had something of it is told that it is his no more. */
const tellReturned = (ctx: Context, id: string, name: string, returned: readonly string[]): Promise<void> =>
  notify(
    ctx,
    [...Map.groupBy(returned, (to) => to)].map(([to, items]) => ({
      to: [to],
      kind: 'handover.undone',
      params: { name, count: items.length },
      key: `handover.undone:${id}`,
    })),
  );

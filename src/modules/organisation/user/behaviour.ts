import { sql } from 'kysely';
import { awayAmong } from '../../../platform/approvals/delegation.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft, Mark, Row } from '../../../platform/entity/behaviour.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { isTimeZone } from '../settings/time-zone.ts';
import { administratorsAmong, requireAdministratorLeft } from './administrators.ts';

export const userBehaviour: Behaviour = {
  async marks(ctx, ids) {
    const away = await awayAmong(ctx, ids);
    const { rows } = await sql<{ id: string }>`select id from "user"
      where id = any(${ids}::uuid[]) and sample`.execute(ctx.db);
    const marks = new Map<string, Mark>([...away].map(([id, awayUntil]) => [id, { awayUntil }]));
    for (const { id } of rows) marks.set(id, { ...marks.get(id), sample: true });
    return marks;
  },
  async prepare(ctx, drafts) {
    for (const draft of drafts) checkDraft(ctx, draft);
    if (!ctx.policies.administrator) await guardAdministrators(ctx, drafts);
  },
  async afterSave(ctx, drafts) {
    if (drafts.some(({ before, values }) => before && 'roles' in values)) await requireAdministratorLeft(ctx);
  },
  async beforeDelete(ctx, rows) {
    const ids = rows.map((row) => row.id as string);
    if (ctx.principal.userId && ids.includes(ctx.principal.userId))
      throw problem('own_account', { status: 409 });
    if ((await administratorsAmong(ctx, ids)).size) {
      if (!ctx.policies.administrator) throw forbidden('administrator_account');
      await requireAdministratorLeft(ctx, { users: ids });
    }
  },
};

function checkDraft(ctx: Context, { values, before, problems }: Draft): void {
  const { roles, timeZone, username, manager, department } = values;
  // Whoever could give roles could make himself an administrator.
  if (roles !== undefined && !ctx.policies.administrator && !sameIds(roles, before)) {
    problems.push({ path: 'roles', code: 'field_not_writable' });
  }
  // Where he stands decides what he sees: nobody widens that for himself.
  const own = before !== null && before.id === ctx.principal.userId;
  if (own && department !== undefined && department !== before.department_id && !ctx.policies.administrator) {
    problems.push({ path: 'department', code: 'field_not_writable' });
  }
  if (typeof timeZone === 'string' && !isTimeZone(timeZone))
    problems.push({ path: 'timeZone', code: 'bad_time_zone' });
  if (typeof username === 'string' && /[@\s]/.test(username))
    problems.push({ path: 'username', code: 'bad_username' });
  if (before && manager === before.id) problems.push({ path: 'manager', code: 'own_manager' });
}

/** By what a person signs in, and where he stands. */
const ACCOUNT = ['email', 'phone', 'username', 'department'];

/** The account of who may do everything is changed by his like only. */
async function guardAdministrators(ctx: Context, drafts: Draft[]): Promise<void> {
  const changing = drafts.filter(({ before, values }) => before && ACCOUNT.some((name) => name in values));
  if (changing.length === 0) return;
  const guarded = await administratorsAmong(
    ctx,
    changing.map(({ id }) => id),
  );
  for (const { id, values, problems } of changing) {
    if (!guarded.has(id)) continue;
    for (const path of ACCOUNT.filter((name) => name in values))
      problems.push({ path, code: 'field_not_writable' });
  }
}

const sameIds = (roles: unknown, before: Row | null) =>
  JSON.stringify(roles ?? []) === JSON.stringify(before?.role_ids ?? []);

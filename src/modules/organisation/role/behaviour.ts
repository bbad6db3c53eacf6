import { sql } from 'kysely';
import { permissionsSchema } from '../../../platform/access/permissions.ts';
import type { Behaviour } from '../../../platform/entity/behaviour.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { requireAdministratorLeft } from '../user/administrators.ts';

export const roleBehaviour: Behaviour = {
  prepare(_ctx, drafts) {
    for (const { values, problems } of drafts) {
      if (!('permissions' in values)) continue;
      const parsed = permissionsSchema.safeParse(values.permissions ?? {});
      if (parsed.success) values.permissions = parsed.data;
      for (const issue of parsed.error?.issues.slice(0, 20) ?? []) {
        problems.push({ path: ['permissions', ...issue.path].join('.'), code: 'bad_permission' });
      }
    }
  },
  async afterSave(ctx, drafts) {
    if (drafts.some(({ before, values }) => before && 'permissions' in values))
      await requireAdministratorLeft(ctx);
  },
  async beforeDelete(ctx, rows) {
    const ids = rows.map((row) => row.id as string);
    const { rows: used } = await sql<{ people: number }>`select count(*)::integer as people from "user"
      where role_ids && ${ids}::uuid[] and deleted_at is null`.execute(ctx.db);
    const people = used[0]?.people ?? 0;
    if (people > 0) throw problem('role_in_use', { status: 409, params: { people } });
  },
};

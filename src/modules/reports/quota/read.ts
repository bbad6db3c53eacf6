import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { CountedFigure } from '../../../platform/figures/read.ts';
import type { ReportKind } from '../report/period.ts';

/** How a person stands against what his role asks of a day or week. */
export interface QuotaState {
  id: string;
  name: string;
  figure: string;
  least: number;
  value: number;
  met: boolean;
}

/** The quotas of a person's roles, against these figures; what he may not count does not bind him. */
export async function quotasOf(
  ctx: Context,
  person: string,
  kind: ReportKind,
  figures: readonly CountedFigure[],
): Promise<QuotaState[]> {
  const { rows } = await sql<
    Pick<QuotaState, 'id' | 'name' | 'figure' | 'least'>
  >`select q.id, q.name, q.figure, q.least
    from report_quota q where q.active and q.kind = ${kind} and q.deleted_at is null
      and (q.role_id is null or q.role_id = any(array(select unnest(role_ids) from "user" where id = ${person})))
    order by q.created_at, q.id`.execute(ctx.db);
  return rows.flatMap((quota) => {
    const value = figures.find(({ name }) => name === quota.figure)?.value;
    return value === undefined ? [] : [{ ...quota, value, met: value >= quota.least }];
  });
}

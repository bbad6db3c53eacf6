import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { listRecords } from '../../../platform/entity/list.ts';
import { notFound } from '../../../platform/errors/problem.ts';

export type Outcome = 'open' | 'won' | 'lost';

export interface Stage {
  id: string;
  name: string;
  pipeline: string;
  outcome: Outcome;
  probability: number;
  needs: string[];
}

/** All stages in use, pipeline by pipeline in their order; they are few. The first is where business begins by itself. */
export async function stagesInUse(ctx: Pick<Context, 'db'>): Promise<Stage[]> {
  const { rows } =
    await sql<Stage>`select s.id, s.name, s.pipeline_id as pipeline, s.outcome, s.probability, s.needs
    from stage s join pipeline p on p.id = s.pipeline_id
    where s.deleted_at is null and p.deleted_at is null
    order by p.active desc nulls last, p.position, p.id, s.position, s.id`.execute(ctx.db);
  return rows;
}

/** The pipeline looked at without a choice. */
export async function firstPipeline(ctx: Context): Promise<string> {
  const filter = { field: 'active', op: 'eq', value: true };
  const { items } = await listRecords(ctx, 'pipeline', { filter, sort: 'position', limit: 1 });
  if (!items[0]) throw notFound('pipeline');
  return items[0].id;
}
